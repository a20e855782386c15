import { strToU8, zipSync } from 'fflate'
import { ZIP_TIME } from './zip'

/** Numbers of NumPy, and how it calls them. */
export type NpyArray = Float32Array | Int32Array | Uint8Array
const typeOf = (values: NpyArray): string =>
  values instanceof Float32Array ? '<f4' : values instanceof Int32Array ? '<i4' : '|u1'

/**
 * An array as NumPy's .npy, version 1.0: magic, header length (uint16), a Python dict, padded so that the
 * numbers begin at a multiple of 64; then the numbers, little endian, row-major. Source: numpy.lib.format.
 */
export function npyFile(shape: readonly number[], values: NpyArray): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const dict = `{'descr': '${typeOf(values)}', 'fortran_order': False, 'shape': ${tuple}, }`
  const length = Math.ceil((PREFIX + dict.length + 1) / 64) * 64 - PREFIX
  const header = strToU8(`${dict.padEnd(length - 1)}\n`)
  const bytes = new Uint8Array(PREFIX + length + values.byteLength)
  const view = new DataView(bytes.buffer)
  bytes.set([0x93, ...strToU8('NUMPY'), 1, 0])
  view.setUint16(8, length, true)
  bytes.set(header, PREFIX)
  const start = PREFIX + length
  if (values instanceof Uint8Array) bytes.set(values, start)
  else
    for (let i = 0; i < values.length; i++)
      if (values instanceof Float32Array) view.setFloat32(start + 4 * i, values[i]!, true)
      else view.setInt32(start + 4 * i, values[i]!, true)
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

/** Arrays by name as numpy.savez writes them: a zip, with a .npy an array. */
export function npzFile(
  arrays: { readonly [name: string]: { readonly shape: readonly number[]; readonly values: NpyArray } },
  level: 0 | 6 = 0
): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(arrays).map(([name, { shape, values }]) => [`${name}.npy`, npyFile(shape, values)])
    ),
    { level, mtime: ZIP_TIME }
  )
}
