import { strToU8 } from 'fflate'

/**
 * A float32 array as NumPy's .npy, version 1.0: magic, header length (uint16), a Python dict, padded so that the
 * numbers begin at a multiple of 64; then the numbers, little endian, row-major. Source: numpy.lib.format.
 */
export function npyFile(shape: readonly number[], values: Float32Array): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`
  const length = Math.ceil((PREFIX + dict.length + 1) / 64) * 64 - PREFIX
  const header = strToU8(`${dict.padEnd(length - 1)}\n`)
  const bytes = new Uint8Array(PREFIX + length + 4 * values.length)
  const view = new DataView(bytes.buffer)
  bytes.set([0x93, ...strToU8('NUMPY'), 1, 0])
  view.setUint16(8, length, true)
  bytes.set(header, PREFIX)
  for (let i = 0; i < values.length; i++) view.setFloat32(PREFIX + length + 4 * i, values[i]!, true)
  return bytes
}

const PREFIX = 10

/** The array of a .npy file that `npyFile` has written. Throws where it is something else. */
export function readNpy(bytes: Uint8Array): {
  readonly shape: readonly number[]
  readonly values: Float32Array
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = PREFIX + view.getUint16(8, true)
  const header = String.fromCharCode(...bytes.subarray(PREFIX, start))
  const shape = /'<f4', 'fortran_order': False, 'shape': \(([^)]*)\)/.exec(header)
  if (!shape) throw new Error(`This is no array of float32: ${header}`)
  const sizes = shape[1]!.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]))
  const values = new Float32Array((bytes.length - start) / 4)
  for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(start + 4 * i, true)
  return { shape: sizes, values }
}
