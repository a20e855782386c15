import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ReadingProgress } from '@core/data/pictureFolder'
import type { PictureSettings } from '@core/data/pictureSettings'
import { unwrap } from '@core/result'
import { pictureProject, suggestSettings } from '@core/templates/pictureProject'
import { readDataset } from '@trainer/data/datasets'
import { beforeAfter } from '@trainer/data/pictures/beforeAfter'
import { decodePicture, fitPicture, type Pixels } from '@trainer/data/pictures/decode'
import { ENDINGS, endingOf } from '@trainer/data/pictures/formats'
import { importFolder } from '@trainer/data/pictures/importFolder'
import { readListing } from '@trainer/data/pictures/pack'
import type { Readers } from '@trainer/data/pictures/pool'
import { readOne } from '@trainer/data/pictures/readOne'
import { at } from '../../scripts/setup/places.mjs'

const fixture = (name: string): Uint8Array => readFileSync(at('tests/fixtures/pictures', name))

let folder: string
const before = process.env['NETLOOM_CACHE']
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-pictures-'))
  process.env['NETLOOM_CACHE'] = join(folder, 'cache')
})
afterEach(() => {
  if (before === undefined) delete process.env['NETLOOM_CACHE']
  else process.env['NETLOOM_CACHE'] = before
  rmSync(folder, { recursive: true, force: true })
})

/** What the fixtures show (tests/fixtures/pictures/make.py), at a row and a column. */
const shown = (row: number, column: number): number[] => [6 * column, 12 * row, 100]

/** The largest difference between a picture's colours and what it should show. */
function worst({ width, height, channels, data }: Pixels, wanted = shown): number {
  let most = 0
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let c = 0; c < channels; c++)
        most = Math.max(
          most,
          Math.abs(data[(row * width + column) * channels + c]! - wanted(row, column)[c]!)
        )
  return most
}

describe('a picture is decoded', () => {
  // JPEG loses a little; a GIF has 256 colours.
  test.each([
    ['plain.png', 0],
    ['plain.bmp', 0],
    ['plain.webp', 0],
    ['lzw.tiff', 0],
    ['cmyk.tiff', 1],
    ['plain.jpg', 12],
    ['progressive.jpg', 12],
    ['cmyk.jpg', 12],
    ['turned.jpg', 12],
    ['still.gif', 20]
  ])('%s', (name, tolerance) => {
    const { pixels, note } = decodePicture(fixture(name), ENDINGS[endingOf(name)])
    expect([pixels.width, pixels.height, pixels.channels]).toEqual([40, 20, 3])
    expect(worst(pixels)).toBeLessThanOrEqual(tolerance)
    expect(note).toBeUndefined()
  })

  test.each(['moving.gif', 'moving.png', 'moving.webp'])('%s: its first picture, and it says so', (name) => {
    const { pixels, note } = decodePicture(fixture(name), ENDINGS[endingOf(name)])
    expect(worst(pixels)).toBeLessThanOrEqual(name.endsWith('gif') ? 20 : 0)
    expect(note).toContain('first picture')
  })

  test('of 16 bits, of grey, and half transparent over white', () => {
    const deep = decodePicture(fixture('deep.png'), 'png').pixels
    expect([deep.channels, worst(deep, (_, column) => [6 * column])]).toEqual([1, 0])
    // The luma of ITU-R BT.601.
    const luma = (row: number, column: number) => [(299 * 6 * column + 587 * 12 * row + 114 * 100) / 1000]
    expect(worst(decodePicture(fixture('grey.png'), 'png').pixels, luma)).toBeLessThanOrEqual(1)
    const half = decodePicture(fixture('half.png'), 'png').pixels
    const over = (row: number, column: number) => shown(row, column).map((c) => (c * 128 + 255 * 127) / 255)
    expect([half.channels, worst(half, over) <= 1]).toEqual([3, true])
  })

  test('another format than its name says is told, and used', () => {
    expect(decodePicture(fixture('plain.png'), 'jpg').note).toBe('is a png in spite of its name')
  })

  test.each(Object.keys({ png: 0, bmp: 0, webp: 0, jpg: 0 }))(
    'a %s that is cut off is refused at any place',
    (ending) => {
      const whole = fixture(`plain.${ending}`)
      for (const share of [0.3, 0.6, 0.95])
        expect(() => decodePicture(whole.subarray(0, Math.floor(share * whole.length)), undefined)).toThrow(
          'cut off'
        )
    }
  )

  test('what is no picture is refused with the reason', () => {
    expect(() => decodePicture(new Uint8Array(), 'png')).toThrow('is empty')
    expect(() => decodePicture(Buffer.from('<html>nothing here</html>'), 'jpg')).toThrow('is no picture')
    expect(() => decodePicture(fixture('palette.tiff'), 'tiff')).toThrow('of a kind')
    expect(() => decodePicture(fixture('still.gif').subarray(0, 500), 'gif')).toThrow('cut off')
    // A BMP that says it is 60,000 pixels wide and high.
    const huge = Uint8Array.from(fixture('plain.bmp'))
    new DataView(huge.buffer).setInt32(18, 60_000, true)
    new DataView(huge.buffer).setInt32(22, 60_000, true)
    expect(() => decodePicture(huge, 'bmp')).toThrow('more pixels')
  })
})

describe('a picture is brought to a size', () => {
  const settings = (change: Partial<PictureSettings>): PictureSettings => ({
    ...{ width: 10, height: 10, fit: 'crop', colour: 'colour' },
    ...change
  })
  /** Left half black, right half white, 40 × 20. */
  const halves: Pixels = {
    ...{ width: 40, height: 20, channels: 1 },
    data: Uint8Array.from({ length: 800 }, (_, i) => (i % 40 < 20 ? 0 : 255))
  }
  const row = (pixels: Uint8Array, r: number): number[] => [...pixels.subarray(10 * r, 10 * (r + 1))]

  test('edges are cut off, bars are added, or it is pulled into shape', () => {
    const grey = { colour: 'grey' } as const
    const cropped = fitPicture(halves, settings(grey))
    expect([row(cropped, 0)[2], row(cropped, 9)[7]]).toEqual([0, 255])
    const padded = fitPicture(halves, settings({ ...grey, fit: 'pad' }))
    // 10 × 5 in the middle.
    expect(row(padded, 1)).toEqual(Array(10).fill(0))
    expect(row(padded, 8)).toEqual(Array(10).fill(0))
    expect([row(padded, 5)[1], row(padded, 5)[8]]).toEqual([0, 255])
    const stretched = fitPicture(halves, settings({ ...grey, fit: 'stretch' }))
    expect([row(stretched, 0)[1], row(stretched, 9)[8]]).toEqual([0, 255])
  })

  test('grey becomes colour, colour becomes grey, and the size may grow', () => {
    expect(fitPicture(halves, settings({}))).toHaveLength(300)
    const { pixels } = decodePicture(fixture('plain.png'), 'png')
    const grown = fitPicture(pixels, settings({ width: 80, height: 40, colour: 'grey' }))
    expect(grown).toHaveLength(3200)
    expect(Math.abs(grown[20 * 80 + 40]! - (0.299 * 120 + 0.587 * 120 + 0.114 * 100))).toBeLessThan(4)
  })

  test('a smaller picture is about the mean of what it covers; at the edges it leans inwards', () => {
    const { pixels } = decodePicture(fixture('plain.png'), 'png')
    const small = fitPicture(pixels, settings({ width: 4, height: 2, fit: 'stretch' }))
    // Ten columns of red 6 apart: 27, 87, 147, 207; ten rows of green 12 apart: 54, 174.
    const means = [27, 87, 147, 207].map((red) => [red, 54, 100])
    for (const [i, mean] of means.entries())
      for (const [c, value] of mean.entries()) expect(Math.abs(small[3 * i + c]! - value)).toBeLessThan(12)
  })
})

/** A folder of tiny pictures: classes with so many each. */
function make(name: string, classes: { readonly [label: string]: number }): string {
  const home = join(folder, name)
  let seed = 1
  for (const [label, count] of Object.entries(classes)) {
    mkdirSync(join(home, label), { recursive: true })
    for (let i = 0; i < count; i++) {
      const data = Uint8Array.from({ length: 8 * 6 * 3 }, () => (seed = (seed * 16807) % 2147483647) % 256)
      writeFileSync(
        join(home, label, `${i}.png`),
        encode({ width: 8, height: 6, channels: 3, depth: 8, data })
      )
    }
  }
  return home
}

const inProcess: Readers = {
  count: 2,
  read: (home, jobs, settings) => Promise.all(jobs.map((job) => readOne(home, job, settings))),
  close: () => undefined
}
const small: PictureSettings = { width: 4, height: 4, fit: 'stretch', colour: 'colour' }
const take = async (
  home: string,
  settings: PictureSettings | null = small,
  tell: (p: ReadingProgress) => void = () => undefined
) => importFolder(home, { settings, readers: inProcess, tell, signal: new AbortController().signal })

describe('a folder of pictures', () => {
  test('becomes examples of its classes, lists exactly what is broken, and is there at once the second time', async () => {
    const home = make('birds', { owl: 130, wren: 120 })
    const put = (path: string, bytes: Uint8Array): void => writeFileSync(join(home, path), bytes)
    put('owl/zero.png', new Uint8Array())
    put('owl/cut.jpg', fixture('plain.jpg').subarray(0, 900))
    put('wren/page.jpg', Buffer.from('<html></html>'))
    put('wren/other.jpg', fixture('plain.png'))
    put('wren/moves.gif', fixture('moving.gif'))
    put('wren/print.jpg', fixture('cmyk.jpg'))
    put('owl/notes.txt', Buffer.from('nothing'))
    put('owl/.DS_Store', Buffer.from('nothing'))
    copyFileSync(join(home, 'owl/7.png'), join(home, 'wren/twin.png'))

    const told: ReadingProgress[] = []
    const { folder: read } = unwrap(await take(home, small, (p) => told.push(p)))
    expect(read).toMatchObject({
      name: 'birds',
      layout: 'folders',
      classes: ['owl', 'wren'],
      counts: [130, 124]
    })
    expect([read.leftOut, read.odd, read.twins]).toEqual([3, 2, 1])
    expect(told.at(-1)).toEqual({ step: 'reading', done: 257, total: 257 })
    const { broken, twins } = await readListing(read.key)
    expect([...broken].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: 'owl/cut.jpg', reason: 'is cut off or damaged', used: false },
      { path: 'owl/zero.png', reason: 'is empty', used: false },
      { path: 'wren/moves.gif', reason: 'moves: its first picture is used', used: true },
      { path: 'wren/other.jpg', reason: 'is a png in spite of its name', used: true },
      { path: 'wren/page.jpg', reason: 'is no picture, in spite of its name', used: false }
    ])
    expect(twins).toEqual([{ path: 'wren/twin.png', of: 'owl/7.png', otherClass: true }])

    // Nothing is read again, not even when the threads could not read.
    const nobody: Readers = { ...inProcess, read: () => Promise.reject(new Error('read again')) }
    const again = await importFolder(home, {
      settings: small,
      readers: nobody,
      tell: () => undefined,
      signal: new AbortController().signal
    })
    expect(unwrap(again).folder).toEqual(read)
    // A file that was written anew is.
    utimesSync(join(home, 'owl/7.png'), new Date(), new Date(0))
    await expect(
      importFolder(home, {
        settings: small,
        readers: nobody,
        tell: () => undefined,
        signal: new AbortController().signal
      })
    ).rejects.toThrow('read again')
  })

  test('gives the trainer the bytes of each picture with its class', async () => {
    const home = make('two', { a: 3, b: 2 })
    const read = unwrap(await take(home, { ...small, width: 8, height: 6 }))
    const { document } = pictureProject(read)
    const { x, y, shape, classes, scale, rows } = unwrap(await readDataset(document.data, {}))
    expect([shape, classes, rows, [...(y as Int32Array)]]).toEqual([
      [6, 8, 3],
      ['a', 'b'],
      5,
      [0, 0, 0, 1, 1]
    ])
    expect(scale).toBeCloseTo(1 / 255, 12)
    const { pixels } = decodePicture(readFileSync(join(home, 'b/0.png')), 'png')
    expect(
      Buffer.from(x as Uint8Array)
        .subarray(3 * 144, 4 * 144)
        .equals(Buffer.from(pixels.data))
    ).toBe(true)
    const [shown] = await beforeAfter(home, read.folder.key, read.settings)
    expect([shown!.before.width, shown!.after.rgba.length]).toEqual([8, 4 * 48])
  })

  test('may tell classes by names, by an index, or by parts; or by nothing', async () => {
    const flat = join(folder, 'flat')
    mkdirSync(flat)
    for (const name of ['cat.1.png', 'cat.2.png', 'big dog_003.png', 'big dog (4).png'])
      copyFileSync(at('tests/fixtures/pictures/plain.png'), join(flat, name))
    expect(unwrap(await take(flat)).folder).toMatchObject({
      layout: 'names',
      classes: ['big dog', 'cat'],
      counts: [2, 2]
    })
    writeFileSync(
      join(flat, 'labels.csv'),
      '\ufefffile,label\ncat.1.png,tabby\ncat.2.png,siamese\ngone.png,tabby\n'
    )
    const indexed = unwrap(await take(flat)).folder
    expect(indexed).toMatchObject({
      layout: 'index',
      classes: ['siamese', 'tabby'],
      counts: [1, 1],
      leftOut: 1
    })
    const parts = make('parts', { 'train/a': 2, 'train/b': 2, 'test/a': 1, 'test/b': 1 })
    expect(unwrap(await take(parts)).folder).toMatchObject({
      layout: 'folders',
      classes: ['a', 'b'],
      counts: [3, 3]
    })
    const one = make('one', { things: 3 })
    expect(await take(one)).toMatchObject({ ok: false, problems: [{ code: 'no-classes' }] })
    mkdirSync(join(folder, 'nothing'))
    expect(await take(join(folder, 'nothing'))).toMatchObject({
      ok: false,
      problems: [{ code: 'no-pictures' }]
    })
  })

  test('of which no picture can be read says why', async () => {
    const home = make('gone', { a: 1, b: 1 })
    for (const path of ['a/0.png', 'b/0.png']) writeFileSync(join(home, path), '')
    expect(await take(home)).toMatchObject({
      problems: [{ message: /None of the 2/, detail: 'a/0.png is empty.' }]
    })
  })

  test('that is given up leaves nothing behind', async () => {
    const home = make('many', { a: 100, b: 100 })
    const stop = new AbortController()
    const reading = importFolder(home, {
      settings: small,
      readers: inProcess,
      tell: ({ step }) => {
        if (step === 'reading') stop.abort()
      },
      signal: stop.signal
    })
    await expect(reading).rejects.toThrow()
    expect(unwrap(await take(home)).folder.counts).toEqual([100, 100])
  })

  test('that may not be read is told', async () => {
    const home = make('locked', { a: 2, b: 2 })
    chmodSync(join(home, 'a/0.png'), 0)
    const { folder: read } = unwrap(await take(home))
    // Root may read everything.
    expect(read.leftOut).toBe(process.getuid?.() === 0 ? 0 : 1)
  })
})

test('the first size follows the pictures', () => {
  const hints = { width: 640, height: 480, sameShape: true, grey: false }
  expect(suggestSettings(hints, 5000)).toEqual({ width: 64, height: 64, fit: 'crop', colour: 'colour' })
  expect(suggestSettings({ ...hints, width: 28, height: 28, grey: true }, 5000)).toEqual({
    ...{ width: 28, height: 28, fit: 'stretch', colour: 'grey' }
  })
  expect(suggestSettings(hints, 90_000)).toMatchObject({ width: 32, height: 32 })
  expect(suggestSettings(null, 10)).toMatchObject({ width: 32 })
})
