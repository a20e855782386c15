import { z } from 'zod'
import { tableProfileSchema } from './table/profile'

/** How a file is read; see `ReadOptions`. */
export const readOptionsSchema = z
  .strictObject({
    delimiter: z.enum(['auto', ',', ';', '\t', '|']),
    decimal: z.enum(['auto', '.', ',']),
    header: z.enum(['auto', 'yes', 'no']),
    encoding: z.enum(['auto', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
    sheet: z.string().max(200)
  })
  .readonly()

/** A file that travels with a project: what every process knows of it. Its bytes lie in the data store. */
export const dataFileSchema = z
  .strictObject({
    /** Of its bytes, in hexadecimal: its name in the store. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.int().nonnegative(),
    read: readOptionsSchema,
    table: tableProfileSchema
  })
  .readonly()

export type DataFile = z.infer<typeof dataFileSchema>

/** Files that travel with a project, by name. */
export type ProjectFiles = { readonly [name: string]: DataFile }

/** The same bytes, read in the same way? */
export function isSameFile(a: DataFile | undefined, b: DataFile | undefined): boolean {
  return a === b || (a?.sha256 === b?.sha256 && JSON.stringify(a?.read) === JSON.stringify(b?.read))
}
