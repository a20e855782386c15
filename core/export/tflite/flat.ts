import { Builder } from 'flatbuffers'

/**
 * Tables of FlatBuffers by the numbers of their fields, as TensorFlow Lite's schema counts them
 * (github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/mlir/lite/schema/schema.fbs, Apache 2.0). Parts come
 * before what holds them, so each part is a function that writes itself and says where.
 */
export type Part = (builder: Builder) => number

/** A field of a table. */
export type FlatField =
  | { readonly int8: number }
  | { readonly uint8: number }
  | { readonly int32: number }
  | { readonly float32: number }
  | { readonly bool: boolean }
  | { readonly part: Part }

/** Fields by their number; one that is undefined is left out. */
export type FlatFields = { readonly [slot: number]: FlatField | undefined }

export function flatTable(fields: FlatFields): Part {
  return (builder) => {
    const entries = Object.entries(fields).flatMap(([slot, field]: [string, FlatField | undefined]) =>
      field === undefined
        ? []
        : [{ slot: Number(slot), field: 'part' in field ? { offset: field.part(builder) } : field }]
    )
    builder.startObject(Math.max(-1, ...entries.map(({ slot }) => slot)) + 1)
    for (const { slot, field } of entries) {
      if ('offset' in field) builder.addFieldOffset(slot, field.offset, 0)
      else if ('int8' in field) builder.addFieldInt8(slot, field.int8, 0)
      else if ('uint8' in field) builder.addFieldInt8(slot, (field.uint8 << 24) >> 24, 0)
      else if ('int32' in field) builder.addFieldInt32(slot, field.int32, 0)
      else if ('float32' in field) builder.addFieldFloat32(slot, field.float32, 0)
      else builder.addFieldInt8(slot, Number(field.bool), 0)
    }
    return builder.endObject()
  }
}

export const flatText =
  (value: string): Part =>
  (builder) =>
    builder.createString(value) as number

/** Bytes that begin at a multiple of 16, as weights have to. */
export const flatBytes =
  (value: Uint8Array): Part =>
  (builder) => {
    builder.prep(16, value.length)
    return builder.createByteVector(value)
  }

function vector<T>(size: number, values: readonly T[], add: (builder: Builder, value: T) => void): Part {
  return (builder) => {
    builder.startVector(size, values.length, size)
    for (const value of [...values].reverse()) add(builder, value)
    return builder.endVector()
  }
}

export const flatInts = (values: readonly number[]): Part =>
  vector(4, values, (builder, value) => builder.addInt32(value))

export const flatFloats = (values: readonly number[]): Part =>
  vector(4, values, (builder, value) => builder.addFloat32(value))

export const flatLongs = (values: readonly number[]): Part =>
  vector(8, values, (builder, value) => builder.addInt64(BigInt(value)))

export const flatList =
  (parts: readonly Part[]): Part =>
  (builder) => {
    const offsets = parts.map((part) => part(builder))
    return vector(4, offsets, (into, offset: number) => into.addOffset(offset))(builder)
  }

/** The bytes of a file with this table at its root. */
export function flatFile(root: Part, identifier: string): Uint8Array {
  const builder = new Builder(1 << 16)
  // What a reader takes for a field that is not there differs from table to table.
  builder.forceDefaults(true)
  builder.finish(root(builder), identifier)
  return builder.asUint8Array().slice()
}
