import type { LibraryData, LibraryRows } from '@core/registry/define'
import { fail, ok, type Result } from '@core/result'
import { cifar10 } from './cifar10'
import { fashionMnist } from './fashionMnist'
import { mnist } from './mnist'
import type { LibrarySet } from './set'

export type { LibrarySet }

/** The library by the names that sources know it under. */
export const library: { readonly [name: string]: LibrarySet } = Object.fromEntries(
  [mnist, fashionMnist, cifar10].map((set) => [set.name, set])
)

/** The data set of this name. */
export const librarySet = (name: string): LibrarySet | undefined =>
  Object.hasOwn(library, name) ? library[name] : undefined

/** Read before and still in use by a network: 55 MB and more are not read again for every change of a layer. */
const read = new Map<string, WeakRef<LibraryRows>>()

/** The rows of these data sets. A problem says what to do where one of them is not on this computer. */
export async function readLibrary(names: readonly string[]): Promise<Result<LibraryData>> {
  const data: Record<string, LibraryRows> = {}
  for (const name of names) {
    const set = librarySet(name)
    if (!set) return unknownSet(name)
    const kept = read.get(name)?.deref()
    const rows = kept ? ok(kept) : await set.read()
    if (!rows.ok) return rows
    read.set(name, new WeakRef(rows.value))
    data[name] = rows.value
  }
  return ok(data)
}

/** There is no such data set. */
export const unknownSet = (name: string) =>
  fail({ code: 'library', message: `There is no data set ${name} in the library.` })
