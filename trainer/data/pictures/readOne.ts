import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PictureSettings } from '@core/data/pictureSettings'
import { decodePicture, fitPicture, MAX_BYTES } from './decode'
import { ENDINGS, endingOf } from './formats'
import { PictureError } from './problems'

/** A file of the folder, as a thread is given it. */
export interface PictureJob {
  readonly path: string
  readonly bytes: number
}

/** What became of one. */
export type PictureOutcome =
  | {
      /** [height, width, channels] */
      readonly pixels: Uint8Array
      /** Of the file's bytes. */
      readonly sha1: string
      readonly note?: string
    }
  /** Words that follow the name: "is empty". */
  | { readonly reason: string }

/** Reads one picture; never throws for what a file can be. */
export async function readOne(
  folder: string,
  { path, bytes }: PictureJob,
  settings: PictureSettings
): Promise<PictureOutcome> {
  if (bytes > MAX_BYTES) return { reason: `has ${Math.round(bytes / 1e6)} MB, more than Netloom reads` }
  try {
    const file = await readFile(join(folder, path))
    const { pixels, note } = decodePicture(file, ENDINGS[endingOf(path)])
    return {
      pixels: fitPicture(pixels, settings),
      sha1: createHash('sha1').update(file).digest('hex'),
      ...(note === undefined ? {} : { note })
    }
  } catch (error) {
    if (error instanceof PictureError) return { reason: error.message }
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return { reason: 'is not there any more' }
    if (code === 'EACCES' || code === 'EPERM') return { reason: 'may not be read' }
    if (code !== undefined) return { reason: 'cannot be read from the disk' }
    throw error
  }
}
