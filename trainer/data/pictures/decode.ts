import { decodeFrames } from 'modern-gif'
import { channelsOf, type PictureSettings } from '@core/data/pictureSettings'
import { formatOf, isAnimated, isCutJpeg, type PictureFormat } from './formats'
import { imageAddon } from './native'
import { decoderWords, PictureError } from './problems'

/** More pixels than this, or more bytes, are no example for a network but a poster. */
const MAX_PIXELS = 100_000_000
export const MAX_BYTES = 200 << 20

/** A picture as bytes: [height, width, channels], grey, grey with alpha, colour or colour with alpha. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 2 | 3 | 4
  readonly data: Uint8Array
}

/** A picture, upright and without alpha, and what was odd about its file. */
export interface Decoded {
  readonly pixels: Pixels
  readonly note?: string
}

/** The picture in a file's bytes. Throws a PictureError with the reason where there is none. */
export function decodePicture(bytes: Uint8Array, expected: PictureFormat | undefined): Decoded {
  const format = formatOf(bytes)
  if (format === 'jpg' && isCutJpeg(bytes)) throw new PictureError('is cut off or damaged')
  // Where the decoder itself is missing, that is no fault of the picture.
  imageAddon()
  let pixels: Pixels
  try {
    pixels = format === 'gif' ? firstFrame(bytes) : decode(bytes)
  } catch (error) {
    if (error instanceof PictureError) throw error
    throw new PictureError(format === 'gif' ? 'is cut off or damaged' : decoderWords(error))
  }
  const note = isAnimated(format, bytes)
    ? 'moves: its first picture is used'
    : expected !== undefined && expected !== format
      ? `is a ${format} in spite of its name`
      : undefined
  return { pixels: overWhite(pixels), ...(note === undefined ? {} : { note }) }
}

function refuseHuge(width: number, height: number): void {
  if (width * height > MAX_PIXELS)
    throw new PictureError(`has ${width} × ${height} pixels, more than Netloom reads (100 million)`)
}

/** By the EXIF orientation the right way up; 16-bit pictures lose their lower 8 bits. */
function decode(bytes: Uint8Array): Pixels {
  const { Transformer } = imageAddon()
  const { width, height, orientation = 1 } = new Transformer(bytes).metadataSync(true)
  refuseHuge(width, height)
  const raw = new Transformer(bytes).rotate().rawPixelsSync()
  const { colorType } = new Transformer(bytes).metadataSync()
  // L8, LA8, RGB8, RGBA8, then the same with 16 bits.
  if (colorType > 7) throw new PictureError('is of a kind that Netloom cannot read')
  const data = colorType < 4 ? raw : highBytes(raw)
  const sideways = orientation >= 5
  return {
    width: sideways ? height : width,
    height: sideways ? width : height,
    channels: ((colorType % 4) + 1) as Pixels['channels'],
    data
  }
}

function highBytes(raw: Uint8Array): Uint8Array {
  const values = new Uint16Array(new Uint8Array(raw).buffer)
  return Uint8Array.from(values, (value) => value >> 8)
}

function firstFrame(bytes: Uint8Array): Pixels {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  refuseHuge(view.getUint16(6, true), view.getUint16(8, true))
  // It takes whole buffers only.
  const [frame] = decodeFrames(new Uint8Array(bytes).buffer, { range: [0, 0] })
  if (!frame) throw new PictureError('is cut off or damaged')
  return { width: frame.width, height: frame.height, channels: 4, data: new Uint8Array(frame.data) }
}

/** What can be seen through stands on white paper. */
function overWhite(pixels: Pixels): Pixels {
  const { channels, data } = pixels
  if (channels === 1 || channels === 3) return pixels
  const colours = channels === 2 ? 1 : 3
  const flat = new Uint8Array((data.length / channels) * colours)
  for (let from = 0, to = 0; from < data.length; from += channels) {
    const alpha = data[from + colours]!
    for (let c = 0; c < colours; c++)
      flat[to++] = Math.round((data[from + c]! * alpha + 255 * (255 - alpha)) / 255)
  }
  return { ...pixels, channels: colours, data: flat }
}

/** A decoded picture [height, width, channels] of the size and colours that are asked for. */
export function fitPicture(pixels: Pixels, settings: PictureSettings): Uint8Array {
  const { width, height, fit } = settings
  const scales = [width / pixels.width, height / pixels.height] as const
  const scale = fit === 'crop' ? Math.max(...scales) : Math.min(...scales)
  const inner =
    fit === 'stretch'
      ? { width, height }
      : {
          width: Math.max(1, Math.round(pixels.width * scale)),
          height: Math.max(1, Math.round(pixels.height * scale))
        }
  return coloured(placed(resized(pixels, inner.width, inner.height), width, height), channelsOf(settings))
}

function resized(pixels: Pixels, width: number, height: number): Pixels {
  if (width === pixels.width && height === pixels.height) return pixels
  const { Transformer, ResizeFilterType, ResizeFit } = imageAddon()
  const small = Transformer.fromRgbaPixels(withAlpha(pixels), pixels.width, pixels.height)
    .resize({ width, height, fit: ResizeFit.Fill, filter: ResizeFilterType.Triangle })
    .rawPixelsSync()
  return { width, height, channels: 4, data: small }
}

function withAlpha({ channels, data }: Pixels): Uint8Array {
  const count = data.length / channels
  const all = new Uint8Array(4 * count).fill(255)
  for (let i = 0; i < count; i++)
    for (let c = 0; c < 3; c++) all[4 * i + c] = data[channels * i + (channels === 1 ? 0 : c)]!
  return all
}

/** In the middle of a field of this size: black around it, or its edges cut off. */
function placed(pixels: Pixels, width: number, height: number): Pixels {
  if (width === pixels.width && height === pixels.height) return pixels
  const { channels } = pixels
  const data = new Uint8Array(width * height * channels)
  const left = Math.floor((width - pixels.width) / 2)
  const top = Math.floor((height - pixels.height) / 2)
  for (let row = Math.max(0, top); row < Math.min(height, top + pixels.height); row++)
    for (let column = Math.max(0, left); column < Math.min(width, left + pixels.width); column++) {
      const from = ((row - top) * pixels.width + column - left) * channels
      data.set(pixels.data.subarray(from, from + channels), (row * width + column) * channels)
    }
  return { width, height, channels, data }
}

/** Grey is the luma of ITU-R BT.601, as in Pillow's mode L: (299 r + 587 g + 114 b) / 1000. */
function coloured({ channels, data }: Pixels, wanted: 1 | 3): Uint8Array {
  if (channels === wanted) return data
  const count = data.length / channels
  const found = new Uint8Array(count * wanted)
  for (let i = 0; i < count; i++) {
    const [r, g, b] = [0, 1, 2].map((c) => data[channels * i + (channels === 1 ? 0 : c)]!) as [
      number,
      number,
      number
    ]
    if (wanted === 3) found.set([r, g, b], 3 * i)
    else found[i] = Math.round((299 * r + 587 * g + 114 * b) / 1000)
  }
  return found
}
