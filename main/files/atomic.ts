import { randomBytes } from 'node:crypto'
import { open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** How often, and after how many ms, a file that something else holds open is tried again (Windows). */
const TRIES = 5
const PAUSE = 60

/** The code of a file system error ("ENOENT"), if it is one. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** For `catch`: this value where there is no such file; other errors stay errors. */
export function ifMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (errorCode(error) === 'ENOENT') return value
    throw error
  }
}

/**
 * Writes a file so that it is either the old one or the whole new one, whatever happens in between: into a new file
 * beside it, to the disk, then in its place. Throws what the file system says; nothing is left behind then.
 */
export async function writeAtomic(path: string, content: Uint8Array | string): Promise<void> {
  // A link stays a link: its target is replaced.
  const target = await realpath(path).catch(ifMissing(path))
  const mode = (await stat(target).catch(ifMissing(undefined)))?.mode
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const file = await open(temporary, 'wx', mode)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await renamePatiently(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function renamePatiently(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      return await rename(from, to)
    } catch (error) {
      const held = ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '')
      if (process.platform !== 'win32' || !held || attempt === TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE * attempt))
    }
}
