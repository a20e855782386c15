import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync
} from 'node:fs'
import { dirname } from 'node:path'
import { BadInput } from './words'

/** The bytes of a file that was named on the command line. */
export function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new BadInput(`${path} cannot be read: ${reason(error)}`)
  }
}

/** The text of a file that was named on the command line. */
export function readText(path: string): string {
  return new TextDecoder().decode(readBytes(path))
}

/** Writes all of a file or nothing of it. */
export function writeWhole(path: string, content: Uint8Array | string): void {
  const unfinished = `${path}.${process.pid}.part`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(unfinished, content)
    renameSync(unfinished, path)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw new BadInput(`${path} cannot be written: ${reason(error)}`)
  }
}

/** A file that grows by lines. */
export function openLines(path: string): {
  readonly write: (line: string) => void
  readonly close: () => void
} {
  try {
    mkdirSync(dirname(path), { recursive: true })
    const file = openSync(path, 'w')
    return { write: (line) => writeSync(file, `${line}\n`), close: () => closeSync(file) }
  } catch (error) {
    throw new BadInput(`${path} cannot be written: ${reason(error)}`)
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))
