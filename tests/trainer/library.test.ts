import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { unwrap } from '@core/result'
import { cacheFolder } from '@trainer/data/cacheFolder'
import { alone } from '@trainer/data/fetch/lock'
import { filesInTar } from '@trainer/data/fetch/tar'
import { library, readLibrary } from '@trainer/data/library'
import { batchOfPng, unpackBatch } from '@trainer/data/library/cifarBatches'
import { importSet } from '@trainer/data/library/fetch'
import { readIdx } from '@trainer/data/library/idx'
import { mnistFolder, readMnist } from '@trainer/data/library/mnist'
import { fetchNamed } from '@trainer/cli/fetching'
import { cache } from '../../scripts/setup/places.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-library-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const counts = (y: Uint8Array): number[] =>
  Array.from({ length: 10 }, (_, digit) => y.reduce((n, label) => n + Number(label === digit), 0))

describe('IDX files', () => {
  const bytes = Uint8Array.from([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6])

  test('are read with big-endian lengths', () => {
    expect(readIdx(bytes)).toEqual({ shape: [2, 3], values: Uint8Array.from([1, 2, 3, 4, 5, 6]) })
  })

  test('that are cut off, or something else, are refused', () => {
    expect(() => readIdx(bytes.subarray(0, 17))).toThrow('17 bytes')
    expect(() => readIdx(bytes.subarray(0, 9))).toThrow('header')
    expect(() => readIdx(new Uint8Array(20).fill(7))).toThrow('no IDX')
  })
})

describe('MNIST', () => {
  // The published sums of the unpacked files.
  test.each([
    ['train-images-idx3-ubyte', '6bbc9ace898e44ae57da46a324031adb'],
    ['train-labels-idx1-ubyte', 'a25bea736e30d166cdddb491f175f624'],
    ['t10k-images-idx3-ubyte', '2646ac647ad5339dbf082846283269ea'],
    ['t10k-labels-idx1-ubyte', '27ae3e4e09519cfbb04c329615203637']
  ])('%s is the published file', (name, md5) => {
    const bytes = readFileSync(join(mnistFolder()!, name))
    expect(createHash('md5').update(bytes).digest('hex')).toBe(md5)
  })

  test('is 60,000 pictures to learn from, then 10,000 held back', async () => {
    const { x, y } = unwrap(await readLibrary(['mnist']))['mnist']!
    expect(x).toHaveLength(70_000 * 784)
    expect(y).toHaveLength(70_000)
    expect([...y.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9])
    expect([...y.subarray(60_000, 60_005)]).toEqual([7, 2, 1, 0, 4])
    // Known: how often each digit is there.
    expect(counts(y.subarray(0, 60_000))).toEqual([
      5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949
    ])
    expect(counts(y.subarray(60_000))).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
    // Known: mean and standard deviation of a pixel of the training pictures, 0.1307 and 0.3081.
    const train = x.subarray(0, 60_000 * 784)
    let sum = 0
    let squares = 0
    for (const byte of train) {
      sum += byte / 255
      squares += (byte / 255) ** 2
    }
    const mean = sum / train.length
    expect(mean).toBeCloseTo(0.1307, 4)
    expect(Math.sqrt(squares / train.length - mean ** 2)).toBeCloseTo(0.3081, 4)
  })

  test('a folder without it is told in words', async () => {
    const read = await readMnist(folder)
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'library' }] })
  })
})

describe('tar archives', () => {
  test('as the tar program writes them', () => {
    writeFileSync(
      join(folder, 'one.bin'),
      Uint8Array.from({ length: 1300 }, (_, i) => i % 251)
    )
    writeFileSync(join(folder, 'empty.txt'), '')
    execFileSync('tar', ['-cf', 'all.tar', './one.bin', 'empty.txt'], { cwd: folder })
    const files = filesInTar(readFileSync(join(folder, 'all.tar')))
    expect([...files.keys()].sort()).toEqual(['empty.txt', 'one.bin'])
    expect([...files.get('one.bin')!]).toEqual([...readFileSync(join(folder, 'one.bin'))])
  })

  test('anything else is refused', () => {
    expect(() => filesInTar(new Uint8Array(2048).fill(65))).toThrow('no tar archive')
    expect(() => filesInTar(new Uint8Array(1024))).toThrow('no tar archive')
  })
})

describe('a lock', () => {
  test('lets one work at a time, and is free again after a failure', async () => {
    const lock = join(folder, 'lock')
    const said: string[] = []
    const first = alone(lock, async () => {
      said.push('first begins')
      await new Promise((resolve) => setTimeout(resolve, 50))
      said.push('first ends')
      throw new Error('broken')
    })
    await expect(Promise.all([first, alone(lock, async () => said.push('second'))])).rejects.toThrow('broken')
    await expect.poll(() => said, { timeout: 10_000 }).toEqual(['first begins', 'first ends', 'second'])
  })

  test('of a process that has died is nobody’s', async () => {
    const lock = join(folder, 'lock')
    const dead = spawnSync(process.execPath, ['-e', '']).pid
    writeFileSync(lock, String(dead))
    expect(await alone(lock, () => Promise.resolve('done'))).toBe('done')
    expect(existsSync(lock)).toBe(false)
  })
})

describe('CIFAR-10', () => {
  const red = { width: 1024, height: 2, channels: 3 as const, depth: 8 as const }
  const data = Uint8Array.from({ length: 2 * 3072 }, (_, i) => (7 * i) % 256)
  const png = encode({ ...red, data })

  test('a PNG with a picture a line becomes labels and planes, and those become pixels again', () => {
    const batch = batchOfPng(png, [3, 9])
    expect(batch).toHaveLength(2 * 3073)
    expect([batch[0], batch[3073]]).toEqual([3, 9])
    // The green of the second pixel of the second picture.
    expect(batch[3073 + 1 + 1024 + 1]).toBe(data[3072 + 3 + 1])
    const x = new Uint8Array(3 * 3072)
    const y = new Uint8Array(3)
    unpackBatch(batch, 1, x, y)
    expect([...y]).toEqual([0, 3, 9])
    expect(x.subarray(3072)).toEqual(data)
  })

  test('a picture of another size is refused', () => {
    expect(() => batchOfPng(png, [1, 2, 3])).toThrow('1024 × 2')
  })

  test('files that are not the published ones are refused, with what would do', async () => {
    const path = join(folder, 'cifar.tar')
    writeFileSync(join(folder, 'data_batch_1.bin'), new Uint8Array(3073))
    execFileSync('tar', ['-cf', path, 'data_batch_1.bin'], { cwd: folder })
    for (const wrong of [path, folder, join(folder, 'nothing')]) {
      const result = await importSet(library['cifar10']!, [wrong])
      expect(result).toMatchObject({ ok: false, problems: [{ detail: /cifar-10-binary/ }] })
    }
    expect(await importSet(library['cifar10']!, [path])).toMatchObject({
      problems: [{ message: /data_batch_1 is not the published one/ }]
    })
  })

  test('where it is not on the computer yet, the words say how to get it', async () => {
    const before = process.env['NETLOOM_CACHE']
    process.env['NETLOOM_CACHE'] = folder
    try {
      expect(library['cifar10']!.place()).toBeUndefined()
      expect(await library['cifar10']!.read()).toMatchObject({
        ok: false,
        problems: [{ code: 'library', detail: /netloom data get cifar10/ }]
      })
    } finally {
      if (before === undefined) delete process.env['NETLOOM_CACHE']
      else process.env['NETLOOM_CACHE'] = before
    }
  })

  test('is 50,000 pictures to learn from, then 10,000 held back, of ten classes alike', async () => {
    // Fetched once a machine; each batch has been compared with its published sum.
    unwrap(await fetchNamed(['cifar10']))
    const { x, y } = unwrap(await readLibrary(['cifar10']))['cifar10']!
    expect(existsSync(library['cifar10']!.place()!)).toBe(true)
    expect(x).toHaveLength(60_000 * 3072)
    expect(counts(y.subarray(0, 50_000))).toEqual(Array(10).fill(5000))
    expect(counts(y.subarray(50_000))).toEqual(Array(10).fill(1000))
    // frog, truck, truck, deer, automobile; cat, ship, ship, airplane, frog
    expect([...y.subarray(0, 5)]).toEqual([6, 9, 9, 4, 1])
    expect([...y.subarray(50_000, 50_005)]).toEqual([3, 8, 8, 0, 6])
    // Known: the first pixel of the first training picture.
    expect([...x.subarray(0, 3)]).toEqual([59, 62, 63])
    // Known: mean of each colour over the training pictures, .4914 .4822 .4465.
    const sums = [0, 0, 0]
    for (let i = 0; i < 50_000 * 3072; i++) sums[i % 3]! += x[i]!
    expect(sums.map((sum) => +(sum / (50_000 * 1024 * 255)).toFixed(4))).toEqual([0.4914, 0.4822, 0.4465])
  }, 600_000)
})

test('a name that is not in the library is told', async () => {
  expect(await readLibrary(['toString'])).toMatchObject({ ok: false, problems: [{ code: 'library' }] })
})

test('the cache is the one that set-up uses', () => {
  expect(cacheFolder()).toBe(cache)
})
