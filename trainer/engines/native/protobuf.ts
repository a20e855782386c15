/**
 * As much of Protocol Buffers' wire format as writing a TensorFlow GraphDef takes
 * (protobuf.dev/programming-guides/encoding). Each function gives the bytes of one field.
 */

/** A base-128 number; a negative one as 64-bit two's complement. */
function varint(value: number | bigint): Buffer {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}

const tag = (field: number, wire: number): Buffer => varint((field << 3) | wire)

/** A nested message, or bytes. */
export function bytes(field: number, value: Uint8Array): Buffer {
  return Buffer.concat([tag(field, 2), varint(value.length), value])
}

export function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value))
}

export function integer(field: number, value: number | bigint): Buffer {
  return Buffer.concat([tag(field, 0), varint(value)])
}

export function float(field: number, value: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeFloatLE(value)
  return Buffer.concat([tag(field, 5), four])
}
