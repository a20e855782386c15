/** Bytes of WebAssembly code: nested, so that pieces are put together without copying, and flattened once. */
export type Code = number | Uint8Array | readonly Code[]

/** The bytes of code, in order. */
export function flatten(code: Code): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(1024)
  let used = 0
  const room = (count: number): void => {
    if (used + count <= bytes.length) return
    const larger = new Uint8Array(2 * (used + count))
    larger.set(bytes)
    bytes = larger
  }
  const add = (part: Code): void => {
    if (typeof part === 'number') {
      room(1)
      bytes[used++] = part
    } else if (part instanceof Uint8Array) {
      room(part.length)
      bytes.set(part, used)
      used += part.length
    } else for (const inner of part) add(inner)
  }
  add(code)
  return bytes.subarray(0, used)
}

/** An unsigned number as LEB128: seven bits a byte, lowest first. */
export function unsigned(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  do {
    const low = rest % 128
    rest = Math.floor(rest / 128)
    bytes.push(rest > 0 ? low + 128 : low)
  } while (rest > 0)
  return bytes
}

/** A signed 32-bit number as LEB128. */
export function signed(value: number): number[] {
  const bytes: number[] = []
  let rest = value | 0
  for (;;) {
    const low = rest & 0x7f
    rest >>= 7
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)
    bytes.push(done ? low : low | 0x80)
    if (done) return bytes
  }
}

/** A number as four bytes of float32. */
export function float32(value: number): Uint8Array {
  return new Uint8Array(Float32Array.of(value).buffer)
}

/** A number as eight bytes of float64. */
export function float64(value: number): Uint8Array {
  return new Uint8Array(Float64Array.of(value).buffer)
}

/** A list with its length in front. */
export function vector(items: readonly Code[]): Code {
  return [unsigned(items.length), items]
}

/** A name: UTF-8 with its length in front. */
export function text(name: string): Code {
  return sized(new TextEncoder().encode(name))
}

/** Code with its length in bytes in front: a section or a function body. */
export function sized(code: Code): Code {
  const bytes = flatten(code)
  return [unsigned(bytes.length), bytes]
}
