import type { Document } from '../document/schema'
import type { ProjectFiles } from '../graph/derive'
import { sizeOf, type Target } from '../graph/signal'
import { sources } from '../registry'
import type { LibraryData, SourceDescription } from '../registry/define'
import { fail, ok, type Result } from '../result'
import { planeInputs } from './points/inputs'
import { splitRows, type PartName } from './split'

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
}

/** The data a document describes: a function of the document, its files and the library's data sets. */
export function makeDataset(
  data: Document['data'],
  files: ProjectFiles,
  library: LibraryData = {}
): Result<Dataset> {
  const source = sources[data.source.type]!
  const { config } = data.source
  const described = source.describe(config, files)
  if ('code' in described) return fail(described)
  const missing = source.library?.find((name) => !library[name])
  if (missing !== undefined)
    return fail({
      code: 'library',
      message: `The examples of ${source.title} are read when training begins.`
    })
  const made = source.generate(config, { files, library, seed: data.seed })
  const { y, scale = 1 } = made
  const { features, classes, shape, target } = described
  const plane = described.plane && { ...described.plane, points: made.x as Float32Array }
  const x = plane ? planeInputs(plane.points, plane.inputs) : made.x
  const rows = x.length / sizeOf(shape)
  return ok({
    features,
    classes,
    shape,
    target,
    x,
    scale,
    ...(plane ? { plane } : {}),
    y,
    rows,
    parts: splitRows(labelsOf(described, y, rows), classes.length, data.split, data.seed, described.heldOut)
  })
}

/** One class a row, for keeping them in proportion; all alike where there are none. */
function labelsOf(
  { target }: SourceDescription,
  y: Int32Array | Float32Array | undefined,
  rows: number
): Int32Array {
  return y instanceof Int32Array && target.classes !== undefined && target.shape.length === 0
    ? y
    : new Int32Array(rows)
}
