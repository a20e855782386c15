import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sizeOf } from '@core/graph/signal'
import type { LibraryRows } from '@core/registry/define'
import { fail, ok, type Problem, type Result } from '@core/result'
import { cacheFolder } from '../cacheFolder'
import type { LibrarySet, Unpacked, Ways } from './set'

/** Where what belongs to a data set is kept. */
export const setFolder = (name: string): string => join(cacheFolder(), 'data', name)

/** One file: a label a row, then all pictures. */
const rowsFile = (name: string, edition = 'rows-1'): string => join(setFolder(name), `${edition}.bin`)

type Described = Omit<LibrarySet, 'place' | 'read' | 'ways'> & { readonly ways: Ways }

/** A data set that is fetched once and then kept as bytes. */
export function defineFetchedSet(set: Described): LibrarySet {
  const editions = [undefined, set.ways.npm.edition]
  const place = (): string | undefined =>
    editions.map((edition) => rowsFile(set.name, edition)).find((file) => existsSync(file))
  return { ...set, place, read: () => readRows(set, place()) }
}

async function readRows(set: Described, file: string | undefined): Promise<Result<LibraryRows>> {
  const { rows, shape, title } = set
  if (file === undefined)
    return fail({
      code: 'library',
      message: `${title} is not on this computer yet.`,
      detail: waysOut(set)
    })
  try {
    const bytes = await readFile(file)
    if (bytes.length !== rows * (1 + sizeOf(shape))) throw new Error(`it has ${bytes.length} bytes`)
    return ok({ x: bytes.subarray(rows), y: bytes.subarray(0, rows) })
  } catch (error) {
    return fail(broken(`${file} cannot be read`, error, set))
  }
}

/** Writes all rows or nothing. Throws where they are not as many as the data set has. */
export async function keepRows(
  { name, rows, shape }: Pick<LibrarySet, 'name' | 'rows' | 'shape'>,
  { x, y }: Unpacked,
  edition?: string
): Promise<void> {
  if (y.length !== rows || x.length !== rows * sizeOf(shape))
    throw new Error(`it has ${y.length} pictures, not ${rows}`)
  const file = rowsFile(name, edition)
  const unfinished = `${file}.${process.pid}.part`
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(unfinished, y)
    await writeFile(unfinished, x, { flag: 'a' })
    await rename(unfinished, file)
  } finally {
    await rm(unfinished, { force: true })
  }
}

/** What is wrong with a data set, and the ways out. */
export function broken(what: string, error: unknown, set: Pick<LibrarySet, 'name' | 'ways'>): Problem {
  const why = error instanceof Error ? error.message : String(error)
  return { code: 'library', message: `${what}: ${why}.`, detail: waysOut(set) }
}

function waysOut({ name, ways }: Pick<LibrarySet, 'name' | 'ways'>): string {
  return `With a network it can be fetched (netloom data get ${name}). Without one, bring it from another computer and import it (netloom data import ${name} FILE): ${ways?.takes ?? ''}.`
}
