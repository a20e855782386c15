import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BeforeAfter, Painted } from '@core/data/pictureFolder'
import { channelsOf, type PictureSettings } from '@core/data/pictureSettings'
import { decodePicture, fitPicture, type Pixels } from './decode'
import { readListing } from './pack'

const SHOWN = 4
/** The longer side of a picture as it was, in pixels. */
const LARGE = 160

/** Some pictures of a folder, from all its classes, as they are and as the network gets them. */
export async function beforeAfter(
  folder: string,
  key: string,
  settings: PictureSettings
): Promise<BeforeAfter[]> {
  const { files } = await readListing(key)
  const shown: BeforeAfter[] = []
  for (let i = 0; i < SHOWN && i < files.length; i++) {
    const { path } = files[Math.floor(((i + 0.5) * files.length) / Math.min(SHOWN, files.length))]!
    const file = await readFile(join(folder, path)).catch(() => undefined)
    // Gone since: there are others.
    if (!file) continue
    const { pixels } = decodePicture(file, undefined)
    const { width, height } = settings
    const after = fitPicture(pixels, settings)
    shown.push({
      path,
      before: small(pixels),
      after: { width, height, rgba: paint(after, channelsOf(settings)) }
    })
  }
  return shown
}

function small(pixels: Pixels): Painted {
  const scale = Math.min(1, LARGE / Math.max(pixels.width, pixels.height))
  const width = Math.max(1, Math.round(pixels.width * scale))
  const height = Math.max(1, Math.round(pixels.height * scale))
  const data = fitPicture(pixels, { width, height, fit: 'stretch', colour: 'colour' })
  return { width, height, rgba: paint(data, 3) }
}

function paint(data: Uint8Array, channels: 1 | 3): Uint8Array {
  const count = data.length / channels
  const rgba = new Uint8Array(4 * count).fill(255)
  for (let i = 0; i < count; i++)
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = data[channels * i + (channels === 1 ? 0 : c)]!
  return rgba
}
