import { strToU8 } from 'fflate'

/**
 * As much of Protocol Buffers' wire format as writing TensorFlow's graphs and ONNX takes
 * (protobuf.dev/programming-guides/encoding). Each function gives the bytes of one field.
 */

/** Bytes one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** The numbers of a typed array as they lie in memory: little endian on every machine this runs on. */
export function memoryOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

/** A base-128 number; a negative one as 64-bit two's complement. */
function varint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value))
  const digits: number[] = []
  while (rest > 127n) {
    digits.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  digits.push(Number(rest))
  return Uint8Array.from(digits)
}

const tag = (field: number, wire: number): Uint8Array => varint((field << 3) | wire)

/** A nested message, or bytes. */
export function bytes(field: number, value: Uint8Array): Uint8Array {
  return joined([tag(field, 2), varint(value.length), value])
}

export function text(field: number, value: string): Uint8Array {
  return bytes(field, strToU8(value))
}

export function integer(field: number, value: number | bigint): Uint8Array {
  return joined([tag(field, 0), varint(value)])
}

export function float(field: number, value: number): Uint8Array {
  return joined([tag(field, 5), memoryOf(Float32Array.of(value))])
}

/** A nested message of these fields. */
export function message(field: number, ...fields: readonly Uint8Array[]): Uint8Array {
  return bytes(field, joined(fields))
}
