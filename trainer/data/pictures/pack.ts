import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { OddFile, PictureFolder, Twin } from '@core/data/pictureFolder'
import type { PictureFile } from '@core/data/pictureGroups/split'
import type { PictureSettings } from '@core/data/pictureSettings'
import { cacheFolder } from '../cacheFolder'

/*
 * Pictures in the cache. For each folder that was read, under a key of what is in it: what the files are (`listing`),
 * and their pixels, once for each size. A stamp of names, sizes and times leads from a folder to its key.
 */

/** Raise it when the same files would be read in another way. */
const READER = 1

/** What is known of a folder's files. */
export interface Listing {
  readonly name: string
  readonly layout: PictureFolder['layout']
  readonly classes: readonly string[]
  /** Those that can be used, in the order of the rows. */
  readonly files: readonly PictureFile[]
  readonly broken: readonly OddFile[]
  readonly twins: readonly Twin[]
}

const home = (): string => join(cacheFolder(), 'pictures')
const listingFile = (key: string): string => join(home(), key, 'listing.json')
const stampFile = (stamp: string): string => join(home(), 'folders', `${stamp}-${READER}`)

/** Where the pixels of these pictures lie at one size. */
export function pixelsFile(key: string, { width, height, fit, colour }: PictureSettings): string {
  return join(home(), key, `${width}x${height}-${fit}-${colour}.bytes`)
}

/** The folder that has this stamp, where it was read at this size before. */
export async function knownPack(
  stamp: string,
  settings: PictureSettings
): Promise<PictureFolder | undefined> {
  const file = stampFile(stamp)
  if (!existsSync(file)) return undefined
  const key = await readFile(file, 'utf8')
  if (!existsSync(pixelsFile(key, settings)) || !existsSync(listingFile(key))) return undefined
  return profileOf(key, await readListing(key))
}

/** What is known of a folder by its key. */
export async function readListing(key: string): Promise<Listing> {
  return JSON.parse(await readFile(listingFile(key), 'utf8')) as Listing
}

/** Keeps what is known of a folder. */
export async function writeListing(stamp: string, listing: Listing): Promise<PictureFolder> {
  const text = JSON.stringify(listing)
  const key = createHash('sha256').update(`${READER}\n${text}`).digest('hex')
  await writeWhole(join(home(), key), 'listing.json', text)
  await writeWhole(join(home(), 'folders'), `${stamp}-${READER}`, key)
  return profileOf(key, listing)
}

function profileOf(key: string, { name, layout, classes, files, broken, twins }: Listing): PictureFolder {
  const counts = new Array<number>(classes.length).fill(0)
  for (const { klass } of files) counts[klass]!++
  return {
    ...{ name, key, layout, counts },
    classes: [...classes],
    leftOut: broken.filter(({ used }) => !used).length,
    odd: broken.filter(({ used }) => used).length,
    twins: twins.length
  }
}

async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const unfinished = join(folder, `.${randomBytes(6).toString('hex')}.part`)
  try {
    await writeFile(unfinished, text)
    await rename(unfinished, join(folder, name))
  } finally {
    await rm(unfinished, { force: true })
  }
}

/** Pixels on their way into the cache: there whole, or not at all. */
export class PackWriter {
  private constructor(
    private readonly unfinished: string,
    private readonly file: FileHandle,
    /** Bytes of one picture. */
    private readonly size: number
  ) {}

  static async open(size: number): Promise<PackWriter> {
    await mkdir(home(), { recursive: true })
    const unfinished = join(home(), `.${randomBytes(6).toString('hex')}.part`)
    return new PackWriter(unfinished, await open(unfinished, 'wx'), size)
  }

  async add(pixels: Uint8Array): Promise<void> {
    if (pixels.length !== this.size) throw new Error(`a picture has ${pixels.length} bytes, not ${this.size}`)
    await this.file.write(pixels)
  }

  /** Puts it in its place. */
  async finish(key: string, settings: PictureSettings): Promise<void> {
    await this.file.sync()
    await rename(this.unfinished, pixelsFile(key, settings))
  }

  /** Whatever has become of it. */
  async close(): Promise<void> {
    await this.file.close()
    await rm(this.unfinished, { force: true })
  }
}
