import { sizeOf } from '@core/graph/signal'

/** What an IDX file holds: bytes in row-major order. */
export interface Idx {
  readonly shape: readonly number[]
  readonly values: Uint8Array
}

const UNSIGNED_BYTES = 0x08

/**
 * Reads an IDX file of unsigned bytes: two zeros, the type, the number of axes, the length of each axis as a
 * big-endian 32-bit number, then the values. Throws where the bytes are something else.
 */
export function readIdx(bytes: Uint8Array): Idx {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 4 || view.getUint16(0) !== 0 || view.getUint8(2) !== UNSIGNED_BYTES)
    throw new Error('it is no IDX file of bytes')
  const axes = view.getUint8(3)
  const start = 4 + 4 * axes
  if (bytes.length < start) throw new Error('it ends within its header')
  const shape = Array.from({ length: axes }, (_, i) => view.getUint32(4 + 4 * i))
  const size = sizeOf(shape)
  if (bytes.length !== start + size)
    throw new Error(`it has ${bytes.length} bytes, its header asks for ${start + size}`)
  return { shape, values: bytes.subarray(start) }
}
