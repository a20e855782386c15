import { strFromU8, strToU8 } from 'fflate'
import type { Column, Table } from './columns'

/*
 * A table as bytes: the length of a JSON text (32 bits), the text, then the cells of each column at a multiple of 8.
 * Little-endian, as every processor is that Netloom runs on.
 */

interface Written {
  readonly rows: number
  readonly columns: readonly (Pick<Column, 'name' | 'kind'> & {
    readonly order?: string
    readonly words?: readonly string[]
  })[]
}

const aligned = (length: number): number => Math.ceil(length / 8) * 8

/** The bytes in pieces, so that a large table is not copied to be written. */
export function encodeTable({ rows, columns }: Table): readonly Uint8Array[] {
  const written: Written = {
    rows,
    columns: columns.map((column) => ({
      name: column.name,
      kind: column.kind,
      ...('words' in column ? { words: column.words } : {}),
      ...('order' in column ? { order: column.order } : {})
    }))
  }
  const json = strToU8(JSON.stringify(written))
  const head = new Uint8Array(aligned(4 + json.length))
  new DataView(head.buffer).setUint32(0, json.length, true)
  head.set(json, 4)
  const cells = columns.flatMap((column) => {
    const values = 'codes' in column ? column.codes : column.values
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    const pad = aligned(bytes.length) - bytes.length
    return pad === 0 ? [bytes] : [bytes, new Uint8Array(pad)]
  })
  return [head, ...cells]
}

/** The table in these bytes, whose memory it goes on using; undefined where they are something else. */
export function decodeTable(bytes: Uint8Array): Table | undefined {
  if (bytes.length < 4) return undefined
  // Typed arrays start at multiples of their own size.
  const own = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice()
  const length = new DataView(own.buffer, own.byteOffset).getUint32(0, true)
  if (4 + length > own.length) return undefined
  const { rows, columns } = JSON.parse(strFromU8(own.subarray(4, 4 + length))) as Written
  let at = aligned(4 + length)
  const read: Column[] = []
  for (const { name, kind, order, words } of columns) {
    const size = words ? 4 : 8
    if (at + rows * size > own.length) return undefined
    const start = own.byteOffset + at
    const { buffer } = own
    read.push(
      words
        ? ({ name, kind, words, codes: new Int32Array(buffer, start, rows) } as Column)
        : ({
            name,
            kind,
            ...(order ? { order } : {}),
            values: new Float64Array(buffer, start, rows)
          } as Column)
    )
    at += aligned(rows * size)
  }
  return at === own.length ? { rows, columns: read } : undefined
}
