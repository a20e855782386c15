import type { Document } from '../document/schema'
import type { ProjectFiles } from '../graph/derive'
import { sources } from '../registry'
import { fail, ok, type Result } from '../result'
import { splitRows, type PartName } from './split'

export { PARTS, type PartName } from './split'

/** Rows of numbers with a class each, and which part each row belongs to. */
export interface Dataset {
  readonly features: readonly string[]
  readonly classes: readonly string[]
  /** [rows, features], row-major. */
  readonly x: Float32Array
  /** [rows], places in `classes`. */
  readonly y: Int32Array
  readonly rows: number
  /** Row numbers of each part. */
  readonly parts: { readonly [P in PartName]: Int32Array }
}

/** The data a document describes: a function of the document and the files that travel with it. */
export function makeDataset(data: Document['data'], files: ProjectFiles): Result<Dataset> {
  const source = sources[data.source.type]!
  const described = source.describe(data.source.config, files)
  if ('code' in described) return fail(described)
  const { x, y } = source.generate(data.source.config, files, data.seed)
  const { features, classes } = described
  return ok({
    features,
    classes,
    x,
    y,
    rows: y.length,
    parts: splitRows(y, classes.length, data.split, data.seed)
  })
}
