import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { expectDigest, fill, intact, place, unzip, watchGrowth } from '../../scripts/setup/cache.mjs'
import { asar } from '../../scripts/setup/standIn.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-cache-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const text = (...parts: string[]) => readFileSync(join(folder, ...parts), 'utf8')

describe('the shared cache', () => {
  const library = (to: string) => writeFileSync(join(to, 'libx.so.2'), 'bytes')

  test('a folder appears complete, with checksums', async () => {
    await fill(join(folder, 'x/1'), async (to: string) => library(to))
    expect(text('x/1/libx.so.2')).toBe('bytes')
    expect(JSON.parse(text('x/1/checksums.json'))).toHaveProperty('libx.so.2')
    expect(await intact(join(folder, 'x/1'))).toBe(true)
  })

  test('nothing is left of one that failed', async () => {
    const failing = fill(join(folder, 'x/1'), async (to: string) => {
      library(to)
      throw new Error('cut off')
    })
    await expect(failing).rejects.toThrow('cut off')
    expect(readdirSync(join(folder, 'x'))).toEqual([])
  })

  test('two at once leave one good copy', async () => {
    const make = () => fill(join(folder, 'x/1'), async (to: string) => library(to))
    await Promise.all([make(), make()])
    expect(readdirSync(join(folder, 'x'))).toEqual(['1'])
    expect(await intact(join(folder, 'x/1'))).toBe(true)
  })

  test.each([
    ['damaged', (file: string) => writeFileSync(file, 'other')],
    ['missing', (file: string) => rmSync(file)]
  ])('a folder with a %s binary is thrown away', async (_, spoil) => {
    await fill(join(folder, 'x'), async (to: string) => library(to))
    spoil(join(folder, 'x/libx.so.2'))
    expect(await intact(join(folder, 'x'))).toBe(false)
    expect(existsSync(join(folder, 'x'))).toBe(false)
  })
})

describe('files', () => {
  test('a wrong checksum names the file, what it is and what it should be', async () => {
    writeFileSync(join(folder, 'a'), 'abc')
    const sum = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    await expectDigest(join(folder, 'a'), 'a.whl', sum)
    await expect(expectDigest(join(folder, 'a'), 'a.whl', '00')).rejects.toThrow(
      `a.whl: sha256 is ${sum}, expected 00`
    )
  })

  test('placing replaces what is there', async () => {
    writeFileSync(join(folder, 'a'), 'new')
    writeFileSync(join(folder, 'b'), 'old')
    chmodSync(join(folder, 'b'), 0o444)
    await place(join(folder, 'a'), join(folder, 'b'))
    expect(text('b')).toBe('new')
  })

  test('unzip writes the wanted entries, stored and deflated', async () => {
    const long = 'weights '.repeat(10_000)
    const bytes = (value: string) => new TextEncoder().encode(value)
    const archive = zipSync({
      'lib/a.so': [bytes(long), { level: 6 }],
      'lib/b.so': [bytes('plain'), { level: 0 }],
      'lib/empty': [new Uint8Array(), { level: 0 }],
      'doc/c.txt': bytes('unwanted')
    })
    writeFileSync(join(folder, 'x.whl'), archive)
    await unzip(join(folder, 'x.whl'), (name: string) =>
      name.startsWith('lib/') ? join(folder, 'out', name) : undefined
    )
    expect(text('out/lib/a.so')).toBe(long)
    expect(text('out/lib/b.so')).toBe('plain')
    expect(text('out/lib/empty')).toBe('')
    expect(readdirSync(join(folder, 'out'))).toEqual(['lib'])
  })

  test('what is no zip is refused', async () => {
    writeFileSync(join(folder, 'x.whl'), 'no zip at all')
    await expect(unzip(join(folder, 'x.whl'), () => undefined)).rejects.toThrow('x.whl is not a zip file')
  })

  test('the share of a download that arrived is known while it runs', async () => {
    let share: (() => number) | undefined
    await watchGrowth(
      folder,
      1000,
      (_what: string, of: () => number) => (share = of),
      'test',
      async () => {
        writeFileSync(join(folder, 'part'), Buffer.alloc(500))
        await expect.poll(() => share?.(), { timeout: 3000 }).toBe(0.5)
      }
    )
  })

  test('an asar archive says where its files start', () => {
    const archive = asar({ 'package.json': '{}', 'main.js': 'let ä' })
    const header = JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))) as {
      files: Record<string, { size: number; offset: string }>
    }
    const start = 8 + archive.readUInt32LE(4)
    const { size, offset } = header.files['main.js']
    expect(archive.toString('utf8', start + Number(offset), start + Number(offset) + size)).toBe('let ä')
  })
})
