import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PictureHints } from '@core/data/pictureFolder'
import { decodePicture, MAX_BYTES } from './decode'
import { PictureError } from './problems'
import type { FoundPicture } from './scan'

/** So many pictures are looked at. */
const LOOKED_AT = 15
/** Shapes that differ by less than this share are the same. */
const ALIKE = 0.05

/** What some pictures from all over the folder have in common; undefined where none of them can be read. */
export async function hintsOf(
  folder: string,
  pictures: readonly FoundPicture[]
): Promise<PictureHints | undefined> {
  const found: { width: number; height: number; grey: boolean }[] = []
  const stride = Math.max(1, pictures.length / LOOKED_AT)
  for (let at = stride / 2; at < pictures.length; at += stride) {
    const { path, bytes } = pictures[Math.floor(at)]!
    if (bytes > MAX_BYTES) continue
    try {
      const { pixels } = decodePicture(await readFile(join(folder, path)), undefined)
      const { width, height, channels, data } = pixels
      found.push({ width, height, grey: channels === 1 || isGrey(data) })
    } catch (error) {
      // It is told when all of them are read.
      if (!(error instanceof PictureError) && (error as NodeJS.ErrnoException).code === undefined) throw error
    }
  }
  if (found.length === 0) return undefined
  const bySide = [...found].sort((a, b) => Math.min(a.width, a.height) - Math.min(b.width, b.height))
  const { width, height } = bySide[Math.floor(bySide.length / 2)]!
  const shape = Math.log(width / height)
  return {
    width,
    height,
    sameShape: found.every((p) => Math.abs(Math.log(p.width / p.height) - shape) < ALIKE),
    grey: found.every((p) => p.grey)
  }
}

function isGrey(rgb: Uint8Array): boolean {
  for (let i = 0; i < rgb.length; i += 3)
    if (Math.max(rgb[i]!, rgb[i + 1]!, rgb[i + 2]!) - Math.min(rgb[i]!, rgb[i + 1]!, rgb[i + 2]!) > 8)
      return false
  return true
}
