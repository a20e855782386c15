import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ifMissing } from './atomic'

/**
 * Writes a new folder with these files (a slash in a name makes a folder), so that it is there whole or not at all: under
 * another name beside it, to the disk, then in its place. Throws EISDIR where a folder with something in it is there
 * already, and else what the file system says; nothing is left behind then.
 */
export async function writeFolder(
  path: string,
  files: { readonly [name: string]: Uint8Array }
): Promise<void> {
  const there = await readdir(path).catch(ifMissing(undefined))
  if (there && there.length > 0) throw Object.assign(new Error('not empty'), { code: 'EISDIR' })
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    await mkdir(temporary, { recursive: true })
    for (const [name, bytes] of Object.entries(files)) {
      const place = join(temporary, ...name.split('/'))
      await mkdir(dirname(place), { recursive: true })
      const file = await open(place, 'wx')
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
    }
    if (there) await rm(path, { recursive: true })
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw error
  }
}
