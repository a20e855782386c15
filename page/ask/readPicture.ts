import { channelsOf } from '@core/data/pictureSettings'
import type { Ask } from '@core/export/page/ask'

/** How light each colour looks (ITU-R BT.601). */
const LIGHT = [0.299, 0.587, 0.114] as const

/**
 * A file as a picture of the size that the network takes, [height · width · channels] from 0 to 1; undefined where the
 * browser cannot read it. Photos of ink on paper become ink on an empty ground: dark is 1.
 */
export async function readPicture(
  file: Blob,
  { settings, ink }: Extract<Ask, { kind: 'picture' }>
): Promise<Float32Array<ArrayBuffer> | undefined> {
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(file)
  } catch {
    return undefined // no picture, which is said to whoever chose it
  }
  const { width, height, fit } = settings
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.imageSmoothingQuality = 'high'
  const scale =
    fit === 'crop' || ink
      ? Math.max(width / bitmap.width, height / bitmap.height)
      : Math.min(width / bitmap.width, height / bitmap.height)
  const [w, h] = fit === 'stretch' ? [width, height] : [bitmap.width * scale, bitmap.height * scale]
  context.fillRect(0, 0, width, height)
  context.drawImage(bitmap, (width - w) / 2, (height - h) / 2, w, h)
  bitmap.close()
  const { data } = context.getImageData(0, 0, width, height)
  const channels = channelsOf(settings)
  const found = new Float32Array(width * height * channels)
  for (let pixel = 0; pixel < width * height; pixel++) {
    const rgb = [data[4 * pixel]! / 255, data[4 * pixel + 1]! / 255, data[4 * pixel + 2]! / 255] as const
    if (channels === 3) found.set(rgb, 3 * pixel)
    else found[pixel] = LIGHT[0] * rgb[0] + LIGHT[1] * rgb[1] + LIGHT[2] * rgb[2]
  }
  return ink ? inkOf(found) : found
}

/** The paper is what most of a photo is; what is clearly darker is ink. */
function inkOf(light: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const sorted = Float32Array.from(light).sort()
  const paper = sorted[Math.floor(0.7 * sorted.length)]!
  const darkest = sorted[0]!
  const span = Math.max(0.15, paper - darkest)
  return light.map((value) => {
    const dark = (paper - value) / span
    return dark < 0.35 ? 0 : Math.min(1, (dark - 0.35) / 0.4)
  })
}
