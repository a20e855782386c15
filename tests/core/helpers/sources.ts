import { sources } from '@core/registry'
import { fullPart } from '@core/registry/complete'
import type { LibraryData, LibraryRows, Rows, SourceDescription } from '@core/registry/define'
import type { Config } from '@core/registry/fields'

/** A library of 20,000 tiny pictures of this size: the byte of each pixel is its row's number modulo 256. */
export function fakeLibrary(size: number): LibraryRows {
  const rows = 20_000
  const x = new Uint8Array(rows * size)
  for (let row = 0; row < rows; row++) x.fill(row, row * size, (row + 1) * size)
  return { x, y: Uint8Array.from({ length: rows }, (_, row) => row % 10) }
}

/** Are these the same bytes? `toEqual` takes minutes for a million numbers. */
export function sameNumbers(a: Rows['x'] | Rows['y'], b: Rows['x'] | Rows['y']): boolean {
  const bytes = (list: Rows['x'] | Rows['y']): Buffer =>
    list ? Buffer.from(list.buffer, list.byteOffset, list.byteLength) : Buffer.alloc(0)
  return bytes(a).equals(bytes(b))
}

/** The rows of a source with these settings; a table is prepared by all of its rows. */
export function make(type: string, config: Config = {}, seed = 1, library: LibraryData = {}): Rows {
  const context = { files: {}, library, tables: {}, texts: {}, seed }
  const made = sources[type].generate(fullPart('source', { type, config }).config, context)
  return 'prepare' in made ? made.prepare(made.rowNumbers) : made
}

/** What a source says about its rows. */
export function describeRows(type: string, config: Config = {}): SourceDescription {
  const described = sources[type].describe(fullPart('source', { type, config }).config, {})
  if ('code' in described) throw new Error(described.message)
  return described
}
