import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { filesInTar } from './tar'

/** The bytes of a published file among those that were given. Throws where it is not there. */
export interface Given {
  /** As it is published, where it was given like that; undefined where it was given unpacked, or in an archive. */
  readonly packed: (name: string) => Promise<Uint8Array | undefined>
  /** Unpacked, by its name without .gz. */
  readonly bytes: (name: string) => Promise<Uint8Array>
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b
const unzip = promisify(gunzip)

/** "train-images.idx3-ubyte (1).gz" and "train-images-idx3-ubyte" are the same file. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/ ?\(\d+\)/, '')
    .replaceAll('.', '-')

/** Files, folders and tar archives (packed or not) as a person gives them. Throws where one cannot be read. */
export async function givenFiles(paths: readonly string[]): Promise<Given> {
  const found = new Map<string, string>()
  const inArchives = new Map<string, Uint8Array>()
  for (const path of paths) {
    if ((await stat(path)).isDirectory())
      for (const name of await readdir(path)) found.set(plain(name), join(path, name))
    else if (/\.(tar|tgz|tar\.gz)( ?\(\d+\))?$/i.test(basename(path)))
      for (const [name, bytes] of filesInTar(await unpacked(path))) inArchives.set(plain(name), bytes)
    else found.set(plain(basename(path)), path)
  }
  return {
    packed: async (name) => {
      const path = found.get(plain(name))
      const bytes = path === undefined ? undefined : await readFile(path)
      return bytes && isGzip(bytes) ? bytes : undefined
    },
    bytes: async (name) => {
      const path = found.get(plain(name))
      const bytes = inArchives.get(plain(name)) ?? (path === undefined ? undefined : await unpacked(path))
      if (!bytes) throw new Error(`${name} is missing`)
      return bytes
    }
  }
}

async function unpacked(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path)
  return isGzip(bytes) ? unzip(bytes) : bytes
}
