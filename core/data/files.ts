import { z } from 'zod'
import { tableProfileSchema } from './table/profile'
import { textProfileSchema } from './text/profile'

/** How a file is read; see `ReadOptions`. */
export const readOptionsSchema = z
  .strictObject({
    delimiter: z.enum(['auto', ',', ';', '\t', '|']),
    decimal: z.enum(['auto', '.', ',']),
    header: z.enum(['auto', 'yes', 'no']),
    encoding: z.enum(['auto', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
    sheet: z.string().max(200),
    // Projects that are older than texts hold tables only.
    as: z.enum(['auto', 'table', 'text']).default('auto')
  })
  .readonly()

/** Of a file's bytes, in hexadecimal: its name in the store. */
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A table that travels with a project: what every process knows of it. Its bytes lie in the data store. */
const tableFileSchema = z
  .strictObject({ sha256, bytes: z.int().nonnegative(), read: readOptionsSchema, table: tableProfileSchema })
  .readonly()

/** A text that travels with a project. */
const textFileSchema = z
  .strictObject({ sha256, bytes: z.int().nonnegative(), read: readOptionsSchema, text: textProfileSchema })
  .readonly()

/** A file that travels with a project. */
export const dataFileSchema = z.union([tableFileSchema, textFileSchema])

export type TableFile = z.infer<typeof tableFileSchema>
export type TextFile = z.infer<typeof textFileSchema>
export type DataFile = z.infer<typeof dataFileSchema>

/** Files that travel with a project, by name. */
export type ProjectFiles = { readonly [name: string]: DataFile }

/** The same bytes, read in the same way? */
export function isSameFile(a: DataFile | undefined, b: DataFile | undefined): boolean {
  return a === b || (a?.sha256 === b?.sha256 && JSON.stringify(a?.read) === JSON.stringify(b?.read))
}
