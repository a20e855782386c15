import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { channelsOf, type PictureSettings } from '@core/data/pictureSettings'
import type { ReadRows, RowsForm } from '@core/ipc/newRows'
import { fail, ok, type Result } from '@core/result'
import { ENDINGS } from '../pictures/formats'
import type { Readers } from '../pictures/pool'
import type { PictureJob } from '../pictures/readOne'
import { findPictures } from '../pictures/scan'
import type { RowsReader } from './reader'

/** Bytes of a piece, and pictures. */
const BYTES = 1 << 22
const PICTURES = 128

type Form = Extract<RowsForm, { kind: 'pictures' }>

/** A picture file and what it is called here. */
interface Found extends PictureJob {
  readonly shown: string
}

/** The pictures of a folder, or these files, at the size the network was trained on. */
export function openPictures(paths: readonly string[], form: Form, readers: Readers): RowsReader {
  const stop = new AbortController()
  let seen = 0
  const finding = find(paths, stop.signal, (count) => (seen = count))
  finding.catch(() => undefined)
  const { settings, ink, classes } = form
  const size = settings.width * settings.height * channelsOf(settings)
  const step = Math.max(1, Math.min(PICTURES, Math.floor(BYTES / size)))
  let from = 0

  const read = async (
    files: readonly Found[]
  ): Promise<readonly (Uint8Array | { readonly reason: string })[]> => {
    const share = Math.ceil(files.length / readers.count)
    const parts = Array.from({ length: readers.count }, (_, i) => files.slice(i * share, (i + 1) * share))
    const outcomes = await Promise.all(
      parts.filter((part) => part.length > 0).map((part) => readers.read('', part, settings))
    )
    stop.signal.throwIfAborted()
    return outcomes
      .flat()
      .map((outcome) =>
        'pixels' in outcome ? (ink ? lightOnDark(outcome.pixels, settings) : outcome.pixels) : outcome
      )
  }
  return {
    name: paths.length === 1 ? basename(paths[0]!) : `${paths.length} pictures`,
    progress: () => ({ done: 0, rows: seen }),
    close: () => {
      stop.abort()
      readers.close()
    },
    look: async (rows) => {
      const found = await finding
      const x = new Uint8Array(rows.length * size)
      if (!found.ok) return x
      const files = rows.flatMap((row) => found.value[row] ?? [])
      for (const [i, picture] of (await read(files)).entries())
        if (picture instanceof Uint8Array) x.set(picture, i * size)
      return x
    },
    next: async () => {
      const found = await finding
      if (!found.ok) return found
      const all = found.value
      const files = all.slice(from, from + step)
      const pictures = await read(files)
      const rows: number[] = []
      const failures: { row: number; message: string }[] = []
      const x = new Uint8Array(files.length * size)
      for (const [i, picture] of pictures.entries())
        if (picture instanceof Uint8Array) {
          x.set(picture, rows.length * size)
          rows.push(from + i)
        } else failures.push({ row: from + i, message: `It ${picture.reason}.` })
      const piece: ReadRows = {
        ...{ type: 'rows', total: all.length, columns: [], from },
        lines: files.map(({ shown }) => shown),
        places: Int32Array.from(files, (_, i) => from + i + 1),
        rows: Int32Array.from(rows),
        x: x.slice(0, rows.length * size),
        truth: Float64Array.from(rows, (row) => classIn(all[row]!.shown, classes)),
        failures,
        last: from + files.length === all.length
      }
      from += files.length
      return ok(piece)
    }
  }
}

async function find(
  paths: readonly string[],
  signal: AbortSignal,
  onFound: (count: number) => void
): Promise<Result<readonly Found[]>> {
  const found: Found[] = []
  for (const path of paths) {
    const { size, ...info } = await stat(path).then(
      (known) => ({ size: known.size, folder: known.isDirectory() }),
      () => ({ size: 0, folder: false })
    )
    if (!info.folder) {
      found.push({ path, shown: basename(path), bytes: size })
      continue
    }
    const inside = await findPictures(path, onFound, signal)
    for (const own of inside.paths) {
      signal.throwIfAborted()
      const place = join(path, own)
      found.push({ path: place, shown: own, bytes: (await stat(place)).size })
    }
  }
  return found.length > 0
    ? ok(found)
    : fail({
        code: 'no-pictures',
        message: 'There are no pictures in this folder.',
        detail: `Netloom reads ${Object.keys(ENDINGS).join(', ')}.`
      })
}

/** The class that a picture's folder or name speaks of, as in training; not a number where neither does. */
export function classIn(path: string, classes: readonly string[]): number {
  const folders = path.split('/')
  const name = folders.pop()!
  const known = (word: string): number =>
    classes.findIndex((label) => label.toLowerCase() === word.trim().toLowerCase())
  for (const folder of folders.reverse()) if (known(folder) >= 0) return known(folder)
  const word = /^(.*?\D)[.\s_-]*\(?\d+\)?\.[^.]+$/.exec(name)?.[1]?.replace(/[.\s_(-]+$/, '') ?? ''
  return known(word) >= 0 ? known(word) : NaN
}

/** Turned round where its edge is light: ink on paper, which the network knows as light on dark. */
function lightOnDark(pixels: Uint8Array, { width, height, ...settings }: PictureSettings): Uint8Array {
  const channels = channelsOf({ width, height, ...settings })
  let sum = 0
  let count = 0
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      if (row > 0 && row < height - 1 && column > 0 && column < width - 1) continue
      for (let c = 0; c < channels; c++) sum += pixels[(row * width + column) * channels + c]!
      count += channels
    }
  return sum > 127.5 * count ? pixels.map((value) => 255 - value) : pixels
}
