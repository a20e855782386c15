import { z } from 'zod'
import { dataFileSchema } from '../data/files'

/** What several messages carry. */

export const fileName = z.string().max(255)
export const files = z.record(fileName, dataFileSchema)
// Not z.instanceof: its type names the buffer's kind, which typed arrays from a port do not promise.
export const bytes = z.custom<Uint8Array>((v) => v instanceof Uint8Array, 'must be bytes')
export const floats = z.custom<Float32Array>((v) => v instanceof Float32Array, 'must be 32-bit floats')
export const integers = z.custom<Int32Array>((v) => v instanceof Int32Array, 'must be 32-bit integers')
