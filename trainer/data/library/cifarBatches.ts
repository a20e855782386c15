import { createHash } from 'node:crypto'
import { decode } from 'fast-png'

/** CIFAR-10's batches in the order of its rows, with the MD5 sums of the files of its binary version. */
export const CIFAR_BATCHES = [
  { name: 'data_batch_1', md5: '5dd7e06a14cb22eb9f671a540d1b7c25' },
  { name: 'data_batch_2', md5: '5ea93a67294ea407fff1d09f752e9692' },
  { name: 'data_batch_3', md5: '942cd6a4bcdd0dd3c604fbe906cb4421' },
  { name: 'data_batch_4', md5: 'ae636b3ba5c66a11e91e8cb52e771fcb' },
  { name: 'data_batch_5', md5: '53f37980c15c3d472c316c40844f3f0d' },
  { name: 'test_batch', md5: '803d5f7f4d78ea53de84dbe85f74fb6d' }
] as const

export const CIFAR_BATCH_ROWS = 10_000
const PIXELS = 32 * 32
/** A label, then the red, the green and the blue of all pixels. */
const RECORD = 1 + 3 * PIXELS
/** Bytes of one picture. */
export const CIFAR_PICTURE = 3 * PIXELS

/**
 * A batch as the binary version has it (label, red plane, green plane, blue plane for each picture), from a PNG with
 * one picture a line, 1,024 × 10,000 pixels in colour, and the labels. Throws where the picture is another one.
 */
export function batchOfPng(png: Uint8Array, labels: readonly number[]): Uint8Array {
  const { width, height, channels, depth, data } = decode(png)
  if (width !== PIXELS || height !== labels.length || channels !== 3 || depth !== 8)
    throw new Error(`a picture has ${width} × ${height} × ${channels} numbers`)
  const batch = new Uint8Array(height * RECORD)
  for (let row = 0; row < height; row++) {
    const to = row * RECORD
    const from = row * CIFAR_PICTURE
    batch[to] = labels[row]!
    for (let pixel = 0; pixel < PIXELS; pixel++)
      for (let colour = 0; colour < 3; colour++)
        batch[to + 1 + colour * PIXELS + pixel] = data[from + 3 * pixel + colour]!
  }
  return batch
}

/** Throws where a batch is not, byte for byte, the published one. */
export function checkBatch(name: string, batch: Uint8Array, md5: string): void {
  if (createHash('md5').update(batch).digest('hex') !== md5)
    throw new Error(`${name} is not the published one`)
}

/** Puts a batch of the binary version into rows of labels and of pictures [32, 32, 3], from row `first` on. */
export function unpackBatch(batch: Uint8Array, first: number, x: Uint8Array, y: Uint8Array): void {
  for (let row = 0; row < batch.length / RECORD; row++) {
    const from = row * RECORD
    const to = (first + row) * CIFAR_PICTURE
    y[first + row] = batch[from]!
    for (let pixel = 0; pixel < PIXELS; pixel++)
      for (let colour = 0; colour < 3; colour++)
        x[to + 3 * pixel + colour] = batch[from + 1 + colour * PIXELS + pixel]!
  }
}
