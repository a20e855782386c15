import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import Papa from 'papaparse'
import { fail, ok, type Result } from '@core/result'
import { ENDINGS, endingOf } from './formats'

/** A picture file of a folder. */
export interface FoundPicture {
  /** Path within the folder, with slashes on every system. */
  readonly path: string
  readonly label: string
  readonly bytes: number
  /** When it was changed last, in ms. */
  readonly changed: number
}

/** How the folder says what a picture shows. */
export type Layout = 'folders' | 'names' | 'index'

/** The pictures of a folder in the order of their names, and how their classes are told. */
export interface Scan {
  readonly layout: Layout
  readonly pictures: readonly FoundPicture[]
  /** Names in the index that are not in the folder. */
  readonly missing: readonly string[]
}

/** Left there by systems and programs; nobody put them there. */
const HIDDEN = /^(\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)/i
const MAX_PICTURES = 1_000_000
/** Names of folders that part the pictures, with a folder for each class inside. */
const PARTS = /^(train(ing)?|val(id(ation)?)?|test(ing)?)$/i

/** The picture files of a folder, in the order of their names, and the tables beside them; paths within the folder. */
export async function findPictures(
  folder: string,
  onFound: (count: number) => void,
  signal: AbortSignal
): Promise<{ readonly paths: readonly string[]; readonly indexes: readonly string[] }> {
  const paths: string[] = []
  const indexes: string[] = []
  const walk = async (inside: string): Promise<void> => {
    signal.throwIfAborted()
    const entries: Dirent[] = await readdir(join(folder, inside), { withFileTypes: true })
    for (const entry of entries) {
      if (HIDDEN.test(entry.name)) continue
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`
      if (entry.isDirectory()) await walk(path)
      else if (endingOf(entry.name) in ENDINGS) paths.push(path)
      else if (inside === '' && ['csv', 'tsv'].includes(endingOf(entry.name))) indexes.push(path)
    }
    onFound(paths.length)
  }
  await walk('')
  return { paths: paths.sort(), indexes }
}

/** Looks for pictures in a folder and works out what each one shows. */
export async function scanFolder(
  folder: string,
  onFound: (count: number) => void,
  signal: AbortSignal
): Promise<Result<Scan>> {
  const { paths, indexes } = await findPictures(folder, onFound, signal)
  if (paths.length === 0)
    return fail({
      code: 'no-pictures',
      message: 'There are no pictures in this folder.',
      detail: `Netloom reads ${Object.keys(ENDINGS).join(', ')}. Put the pictures of each class into a folder of their own.`
    })
  if (paths.length > MAX_PICTURES)
    return fail({
      code: 'too-many',
      message: 'This folder has more than a million pictures. Use a part of them.'
    })
  const indexed = await fromIndex(folder, indexes, new Set(paths))
  const labelled = indexed ?? byFolder(paths) ?? byName(paths)
  if (!labelled)
    return fail({
      code: 'no-classes',
      message: 'Nothing tells what these pictures show.',
      detail:
        'Put the pictures of each class into a folder of their own (cats, dogs), name them cat.1.jpg, cat.2.jpg, dog.1.jpg, or add a table index.csv with the columns file and label.'
    })
  const pictures: FoundPicture[] = []
  for (const { path, label } of labelled.pictures) {
    signal.throwIfAborted()
    const { size, mtimeMs } = await stat(join(folder, path))
    pictures.push({ path, label, bytes: size, changed: mtimeMs })
  }
  return ok({ layout: labelled.layout, pictures, missing: indexed?.missing ?? [] })
}

interface Labelled {
  readonly layout: Layout
  readonly pictures: readonly { readonly path: string; readonly label: string }[]
}

/** The first folder on the way to a picture; the second where the first ones part the pictures. */
function byFolder(paths: readonly string[]): Labelled | undefined {
  const inFolders = paths.filter((path) => path.includes('/'))
  const parted = inFolders.every((path) => PARTS.test(path.split('/')[0]!) && path.split('/').length > 2)
  const pictures = inFolders.map((path) => ({ path, label: path.split('/')[parted ? 1 : 0]! }))
  return hasClasses(pictures) ? { layout: 'folders', pictures } : undefined
}

/** "cat.12.jpg", "cat_12.jpg", "cat (12).jpg": what stands before the number. */
function byName(paths: readonly string[]): Labelled | undefined {
  const pictures = paths.flatMap((path) => {
    const label = /^(.*?\D)[.\s_-]*\(?\d+\)?\.[^.]+$/
      .exec(path.split('/').at(-1)!)?.[1]
      ?.replace(/[.\s_(-]+$/, '')
    return label === undefined || label === '' ? [] : [{ path, label }]
  })
  return hasClasses(pictures) ? { layout: 'names', pictures } : undefined
}

const hasClasses = (pictures: Labelled['pictures']): boolean =>
  new Set(pictures.map(({ label }) => label)).size > 1

const FILE_COLUMN = /^(file|file ?name|image|picture|path|name|id)$/i
const LABEL_COLUMN = /^(label|class|target|category|kind)$/i

/** Names and labels from a table beside the pictures; undefined where there is none. */
async function fromIndex(
  folder: string,
  indexes: readonly string[],
  known: ReadonlySet<string>
): Promise<(Labelled & { readonly missing: readonly string[] }) | undefined> {
  const byLastPart = new Map([...known].map((path) => [path.split('/').at(-1)!, path]))
  for (const index of indexes) {
    const text = (await readFile(join(folder, index), 'utf8')).replace(/^\ufeff/, '')
    const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
    const columns = meta.fields ?? []
    const file = columns.find((name) => FILE_COLUMN.test(name.trim()))
    const label = columns.find((name) => LABEL_COLUMN.test(name.trim()))
    if (file === undefined || label === undefined) continue
    const missing: string[] = []
    const pictures = data.flatMap((row) => {
      const name = (row[file] ?? '').trim().replaceAll('\\', '/').replace(/^\.\//, '')
      const path = known.has(name) ? name : byLastPart.get(name.split('/').at(-1)!)
      const shows = (row[label] ?? '').trim()
      if (path !== undefined && shows !== '') return [{ path, label: shows }]
      missing.push(name)
      return []
    })
    if (hasClasses(pictures)) return { layout: 'index', pictures, missing }
  }
  return undefined
}
