import type { ExportFiles } from '@core/export/format'
import type { RawInput } from '@core/export/page/ask'
import type { ExportModel } from '@core/export/model'
import type { Proof } from '@core/export/proof'
import { exportedWeights } from '@core/export/weights'
import type { Config } from '@core/registry/fields'
import type { Samples } from '../reference'

/** What a reader found: weights it compared, answers it computed; what it could not do. */
export interface ReadBack extends Omit<Proof, 'answers'> {
  /** [rows, …] to the samples, or to the first of them. */
  readonly answers?: { readonly by: string; readonly values: Float32Array }
}

/** What a reader has to work with. */
export interface ReadRequest {
  readonly model: ExportModel
  readonly config: Config
  readonly files: ExportFiles
  readonly samples: Samples
  /** What the samples are made of, as a person would make them. */
  readonly raw: () => Promise<readonly RawInput[]>
  /** A browser, where there is one. */
  readonly browser: Browser | undefined
}

/** A browser that shows a file without a network. */
export interface Browser {
  /** What an exported page answers to these, one after the other; fewer of them where it takes long. */
  readonly answers: (page: Uint8Array, raw: readonly RawInput[]) => Promise<readonly (readonly number[])[]>
  /** A file as sheets of paper. */
  readonly pdf: (html: Uint8Array) => Promise<Uint8Array>
}

/**
 * Reads the files of a format back with a program that did not write them. Throws `Mismatch` where weights are not the
 * ones that were exported, and whatever the program throws where it cannot read them.
 */
export type Reader = (request: ReadRequest) => Promise<ReadBack>

/** What came back is not what was written. */
export class Mismatch extends Error {}

/** An array that was read. */
export interface ReadWeight {
  readonly shape: readonly number[]
  readonly values: ArrayLike<number>
}

/** Counts weights that are the same number for number; throws `Mismatch` at the first that is not. */
export function compareWeights(
  model: ExportModel,
  read: (nodeId: string, own: string) => ReadWeight | undefined
): number {
  let count = 0
  for (const { name, nodeId, own, shape, values } of exportedWeights(model)) {
    const found = read(nodeId, own)
    const same =
      found?.shape.join() === shape.join() && values.every((value, i) => Object.is(value, found.values[i]))
    if (!same) throw new Mismatch(`${name} came back as other numbers.`)
    count += values.length
  }
  return count
}
