import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFolder } from '../../main/files/folder'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netloom-folder-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const files = { 'a.txt': Uint8Array.of(97), 'deep/er/b.bin': Uint8Array.of(1, 2) }

test('a folder is there with all of its files, and nothing beside it', async () => {
  await writeFolder(join(root, 'new'), files)
  expect(readFileSync(join(root, 'new/a.txt'), 'utf8')).toBe('a')
  expect([...readFileSync(join(root, 'new/deep/er/b.bin'))]).toEqual([1, 2])
  expect(readdirSync(root)).toEqual(['new'])
})

test('an empty folder is filled, one with something in it stays as it is', async () => {
  mkdirSync(join(root, 'empty'))
  await writeFolder(join(root, 'empty'), files)
  expect(existsSync(join(root, 'empty/a.txt'))).toBe(true)
  writeFileSync(join(root, 'empty/mine.txt'), 'mine')
  await expect(writeFolder(join(root, 'empty'), { 'a.txt': Uint8Array.of(98) })).rejects.toMatchObject({
    code: 'EISDIR'
  })
  expect(readFileSync(join(root, 'empty/a.txt'), 'utf8')).toBe('a')
  expect(readdirSync(root)).toEqual(['empty'])
})

test('what fails leaves nothing behind', async () => {
  await expect(
    writeFolder(join(root, 'new'), { a: Uint8Array.of(1), 'a/b': Uint8Array.of(2) })
  ).rejects.toThrow()
  expect(readdirSync(root)).toEqual([])
})
