import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { z } from 'zod'
import { writeAtomic } from '../../main/files/atomic'
import { Stored } from '../../main/files/stored'
import { test } from './folder'

describe('writeAtomic', () => {
  test('writes a new file and replaces an old one, and leaves nothing beside it', async ({ folder }) => {
    const path = join(folder, 'a.netloom')
    await writeAtomic(path, 'one')
    await writeAtomic(path, Uint8Array.of(1, 2, 3))
    expect([...readFileSync(path)]).toEqual([1, 2, 3])
    expect(readdirSync(folder)).toEqual(['a.netloom'])
  })

  test('keeps the old file and cleans up when it cannot write', async ({ folder }) => {
    // A folder of that name cannot be replaced by a file.
    const path = join(folder, 'a.netloom')
    mkdirSync(path)
    await expect(writeAtomic(path, 'new')).rejects.toMatchObject({
      code: expect.stringMatching(/EISDIR|EEXIST|EPERM/)
    })
    expect(readdirSync(folder)).toEqual(['a.netloom'])
    await expect(writeAtomic(join(folder, 'gone', 'b'), 'new')).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('keeps links and permissions', async ({ folder }) => {
    const [real, link] = [join(folder, 'real'), join(folder, 'link')]
    writeFileSync(real, 'old')
    chmodSync(real, 0o640)
    symlinkSync(real, link)
    await writeAtomic(link, 'new')
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readFileSync(real, 'utf8')).toBe('new')
    expect(statSync(real).mode & 0o777).toBe(0o640)
  })

  test('many at once leave one whole file', async ({ folder }) => {
    const path = join(folder, 'a')
    const texts = Array.from({ length: 20 }, (_, i) => String(i).repeat(10_000))
    await Promise.all(texts.map((text) => writeAtomic(path, text)))
    expect(texts).toContain(readFileSync(path, 'utf8'))
    expect(readdirSync(folder)).toEqual(['a'])
  })
})

describe('Stored', () => {
  const schema = z.strictObject({ n: z.number() })

  test('what is set is there the next time, and the newest wins', async ({ folder }) => {
    const path = join(folder, 'x.json')
    const first = new Stored(path, schema, { n: 0 })
    expect(await first.load()).toEqual({ n: 0 })
    await Promise.all([first.set({ n: 1 }), first.set({ n: 2 }), first.set({ n: 3 })])
    expect(await new Stored(path, schema, { n: 0 }).load()).toEqual({ n: 3 })
  })

  test.for(['{"n":', '{"n":"one"}', '', '[]'])(
    'a file that holds %s counts as none',
    async (text, { folder }) => {
      const path = join(folder, 'x.json')
      writeFileSync(path, text)
      expect(await new Stored(path, schema, { n: 7 }).load()).toEqual({ n: 7 })
    }
  )
})
