import { PictureError } from './problems'

/** What a picture is, as its first bytes tell. */
export type PictureFormat = 'jpg' | 'png' | 'webp' | 'gif' | 'bmp' | 'tiff'

/** Endings of files that are looked at. */
export const ENDINGS: { readonly [ending: string]: PictureFormat } = {
  jpg: 'jpg',
  jpeg: 'jpg',
  jpe: 'jpg',
  jfif: 'jpg',
  png: 'png',
  webp: 'webp',
  gif: 'gif',
  bmp: 'bmp',
  tif: 'tiff',
  tiff: 'tiff'
}

/** The ending of a file's name, in small letters. */
export const endingOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** The format of these bytes. Throws where they are empty or no picture. */
export function formatOf(bytes: Uint8Array): PictureFormat {
  if (bytes.length === 0) throw new PictureError('is empty')
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(16, bytes.length)).toString('latin1')
  if (start.startsWith('\xff\xd8\xff')) return 'jpg'
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'webp'
  if (start.startsWith('GIF8')) return 'gif'
  if (start.startsWith('BM')) return 'bmp'
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return 'tiff'
  throw new PictureError('is no picture, in spite of its name')
}

/** Does it hold several pictures that follow each other? */
export function isAnimated(format: PictureFormat, bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  switch (format) {
    case 'gif': {
      // Each frame that has a time of its own is announced by these three bytes.
      const first = buffer.indexOf('\x21\xf9\x04', 0, 'latin1')
      return first >= 0 && buffer.indexOf('\x21\xf9\x04', first + 3, 'latin1') >= 0
    }
    case 'png': {
      const animation = buffer.indexOf('acTL')
      return animation >= 0 && animation < buffer.indexOf('IDAT')
    }
    case 'webp':
      return buffer.subarray(0, 64).includes('ANIM')
    case 'jpg':
    case 'bmp':
    case 'tiff':
      return false
  }
}

/**
 * Does a JPEG lack its end? Decoders fill what is missing with grey and say nothing. Headers are walked through, as a
 * small picture in them has an end of its own.
 */
export function isCutJpeg(bytes: Uint8Array): boolean {
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return true
    const marker = bytes[at + 1]!
    if (marker === 0xff) at++
    else if (marker === 0xda) {
      for (let end = bytes.length - 2; end > at; end--)
        if (bytes[end] === 0xff && bytes[end + 1] === 0xd9) return false
      return true
    } else at += 2 + bytes[at + 2]! * 256 + bytes[at + 3]!
  }
  return true
}
