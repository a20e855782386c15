import { z } from 'zod'
import { readOptionsSchema } from '../data/files'
import { pictureSettingsSchema } from '../data/pictureSettings'
import { PLANE_INPUTS, type PlaneInputName } from '../data/points/inputs'
import { preparationSchema } from '../data/preparation/preparation'
import { bytes, floats, integers } from './values'

/*
 * Rows of a new table, or new pictures, on their way to a trained network: read and prepared piece by piece, so that
 * neither the window nor the training waits for a long file.
 */

const count = z.int().nonnegative()

/** What new rows must become: what the network was trained on. */
export const rowsFormSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('table'),
    preparation: preparationSchema,
    read: readOptionsSchema,
    /** The columns are a place in the plane; these are made of it. */
    plane: z.array(z.enum(Object.keys(PLANE_INPUTS) as [PlaneInputName])).optional()
  }),
  z.strictObject({
    kind: z.literal('pictures'),
    settings: pictureSettingsSchema,
    classes: z.array(z.string()),
    /** The network learned from light ink on a dark ground: dark ink on light paper is turned round. */
    ink: z.boolean()
  })
])
export type RowsForm = z.infer<typeof rowsFormSchema>

/** What was opened. */
export const openedRowsSchema = z.strictObject({
  id: z.int(),
  /** Of the file or the folder. */
  name: z.string()
})
export type OpenedRows = z.infer<typeof openedRowsSchema>

/** A row that cannot be answered, and why. */
const failureSchema = z.strictObject({
  /** From 0. */
  row: count,
  message: z.string()
})

/** The next rows, in their order; or how far reading is, where that takes its time. */
export const rowsPieceSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('reading'),
    /** Share of the file. */
    done: z.number().min(0).max(1),
    rows: count
  }),
  z.strictObject({
    type: z.literal('rows'),
    /** How many there are in all, with those that fail. */
    total: count,
    /** Names of the table's columns; none for pictures. */
    columns: z.array(z.string()),
    /** The first row of this piece, from 0, and what stands in each: a line of CSV, or the path of a picture. */
    from: count,
    lines: z.array(z.string()),
    /** The line of the file that each row begins in, from 1; for pictures their number. */
    places: integers,
    /** The rows of the piece that can be answered, from 0, and their numbers: bytes stand for themselves ÷ 255. */
    rows: integers,
    x: z.union([floats, bytes]),
    /** Their right answers, class numbers or values; not a number where there is none. Undefined where none are known. */
    truth: z.custom<Float64Array>((v) => v instanceof Float64Array, 'must be numbers').optional(),
    failures: z.array(failureSchema),
    last: z.boolean()
  })
])
export type RowsPiece = z.infer<typeof rowsPieceSchema>
export type ReadRows = Extract<RowsPiece, { type: 'rows' }>

/** Some pictures as the network gets them: [rows, height, width, channels], ÷ 255; black where one cannot be read. */
export const lookedAtSchema = z.strictObject({ x: bytes })
