import type { Document } from '../document/schema'
import type { ProjectFiles } from './files'
import { sizeOf, type Target } from '../graph/signal'
import { sources } from '../registry'
import type { FolderPictures, LibraryData, Rows, SourceDescription, UnpreparedRows } from '../registry/define'
import { fail, ok, type Result } from '../result'
import { corrected, keptRows } from './corrections'
import { splitPictures } from './pictureGroups/split'
import { planeInputs } from './points/inputs'
import type { Preparation } from './preparation/preparation'
import { splitRows, type PartName, type Parts } from './split'
import { isMissingAt, type Column, type Table } from './table/columns'

export { PARTS, type PartName } from './split'

/** Examples with their right answers, and which part each of them belongs to. */
export interface Dataset {
  /** Names of the numbers of one example, where they have names: columns of a table, axes of the plane. */
  readonly features: readonly string[]
  /** Names of the classes; empty where the answers are numbers. */
  readonly classes: readonly string[]
  /** Shape of one example. */
  readonly shape: readonly number[]
  readonly target: Target
  /** Symbols that the numbers of an example stand for, where they do. */
  readonly symbols?: readonly string[]
  /** Each number of an example is the number of a token, of which there are so many; 0 only fills up. */
  readonly tokens?: number
  /** [rows, …shape], row-major. Bytes stand for themselves times `scale`. */
  readonly x: Float32Array | Uint8Array
  /** What a byte of `x` is multiplied with; 1 for floats. */
  readonly scale: number
  /** Where the examples are points of a plane: their places [rows, 2], of which `x` holds the inputs. */
  readonly plane?: NonNullable<SourceDescription['plane']> & { readonly points: Float32Array }
  /**
   * The answers: [rows, …target.shape] class numbers or values. Undefined where the answer is the example itself,
   * as an autoencoder's.
   */
  readonly y: Int32Array | Float32Array | undefined
  readonly rows: number
  /** Row numbers of each part. */
  readonly parts: { readonly [P in PartName]: Int32Array }
  /** Where the examples were prepared from a table: how, and which of its rows each example is, from 0. */
  readonly prepared?: { readonly preparation: Preparation; readonly rowNumbers: Int32Array }
}

/** What is not in a document, and must be at hand to make its data. */
export interface Supplies {
  /** Data sets of the library by name. */
  readonly library?: LibraryData
  /** Tables of the project's files by name. */
  readonly tables?: { readonly [file: string]: Table }
  /** Texts of the project's files by name. */
  readonly texts?: { readonly [file: string]: string }
  /** The pictures of the document's folder. */
  readonly pictures?: FolderPictures | undefined
}

/** The data a document describes: a function of the document, its files and what they stand for. */
export function makeDataset(
  data: Document['data'],
  files: ProjectFiles,
  { library = {}, tables = {}, texts = {}, pictures }: Supplies = {}
): Result<Dataset> {
  const source = sources[data.source.type]!
  const { config } = data.source
  const described = source.describe(config, files)
  if ('code' in described) return fail(described)
  const missing = source.library?.find((name) => !library[name])
  const file = String(config['file'])
  const lacksFile =
    source.reads !== undefined && (source.reads === 'table' ? !tables[file] : texts[file] === undefined)
  if (missing !== undefined || lacksFile || (source.pictures && !pictures))
    return fail({
      code: 'library',
      message: `The examples of ${source.title} are read when training begins.`
    })
  const made = source.generate(config, { files, library, tables, texts, pictures, seed: data.seed })
  const { features, classes, shape, target } = described
  if ('prepare' in made) return ok(corrected(prepared(made, described, data), data.corrections))
  const { y, groups } = made
  const plane = described.plane && { ...described.plane, points: made.x as Float32Array }
  const x = plane ? planeInputs(plane.points, plane.inputs) : made.x
  const rows = x.length / sizeOf(shape)
  const labels = labelsOf(described, y, rows)
  const { heldOut, symbols, scale = 1 } = described
  const parts =
    source.pictures && pictures
      ? splitPictures(pictures.files, classes.length, data.split, data.seed)
      : splitRows({ labels, classes: classes.length, heldOut, groups }, data.split, data.seed)
  const dataset = {
    ...{ features, classes, shape, target, x, scale, y, rows, parts },
    ...(plane ? { plane } : {}),
    ...(symbols ? { symbols } : {})
  }
  return ok(corrected(dataset, data.corrections))
}

/** Rows of a table: split, then fitted to the training part, then prepared. */
function prepared(
  made: UnpreparedRows,
  { features, classes, shape, target, tokens }: SourceDescription,
  { split, seed, corrections }: Document['data']
): Dataset {
  const { rowNumbers, table, labels } = made
  const rows = rowNumbers.length
  const column = table.columns.find(({ name }) => name === split.group)
  const groups = column && groupsOf(column, rowNumbers)
  const of = { labels: labels ?? new Int32Array(rows), classes: classes.length, groups }
  const parts: Parts = splitRows(of, split, seed)
  const { preparation, x, y } = made.prepare(keptRows(parts.train, corrections))
  return {
    features,
    classes,
    shape,
    target,
    x,
    scale: 1,
    y,
    rows,
    parts,
    prepared: { preparation, rowNumbers },
    ...(tokens === undefined ? {} : { tokens })
  }
}

/** A number a row that rows with the same cell share; −1 where the cell is missing. */
function groupsOf(column: Column, rowNumbers: Int32Array): Int32Array {
  const places = new Map<number, number>()
  return rowNumbers.map((row) => {
    if (isMissingAt(column, row)) return -1
    if ('codes' in column) return column.codes[row]!
    const value = column.values[row]!
    const place = places.get(value) ?? places.size
    places.set(value, place)
    return place
  })
}

/** One class a row, for keeping them in proportion; all alike where there are none. */
function labelsOf({ target }: SourceDescription, y: Rows['y'], rows: number): Int32Array {
  return y instanceof Int32Array && target.classes !== undefined && target.shape.length === 0
    ? y
    : new Int32Array(rows)
}
