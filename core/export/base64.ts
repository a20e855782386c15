/** Bytes as base64 and back (RFC 4648), for files that are text. */
const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const PLACES = new Map([...SIGNS].map((sign, i) => [sign.charCodeAt(0), i]))
/** Characters that are put together at once. */
const PIECE = 8192

export function toBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(4 * Math.ceil(bytes.length / 3))
  for (let i = 0, at = 0; i < bytes.length; i += 3) {
    const three = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    for (const shift of [18, 12, 6, 0]) codes[at++] = SIGNS.charCodeAt((three >> shift) & 63)
  }
  for (let i = 0; i < (3 - (bytes.length % 3)) % 3; i++) codes[codes.length - 1 - i] = '='.charCodeAt(0)
  let text = ''
  for (let i = 0; i < codes.length; i += PIECE) text += String.fromCharCode(...codes.subarray(i, i + PIECE))
  return text
}

/** Throws where the text is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const length = text.replace(/=+$/, '').length
  const bytes = new Uint8Array(Math.floor((3 * length) / 4))
  let [bits, held, at] = [0, 0, 0]
  for (let i = 0; i < length; i++) {
    const place = PLACES.get(text.charCodeAt(i))
    if (place === undefined) throw new Error('This text is not base64.')
    bits = ((bits << 6) | place) & 0xffffff
    held += 6
    if (held >= 8) {
      held -= 8
      bytes[at++] = (bits >> held) & 255
    }
  }
  return bytes
}

/** Numbers as the base64 of their little-endian bytes. */
export function packNumbers(values: Float32Array | Int32Array): string {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  for (let i = 0; i < values.length; i++)
    if (values instanceof Float32Array) view.setFloat32(4 * i, values[i]!, true)
    else view.setInt32(4 * i, values[i]!, true)
  return toBase64(new Uint8Array(view.buffer))
}

export function unpackFloats(text: string): Float32Array<ArrayBuffer> {
  const { buffer, byteLength } = fromBase64(text)
  const view = new DataView(buffer)
  return Float32Array.from({ length: byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true))
}

export function unpackInts(text: string): Int32Array<ArrayBuffer> {
  const { buffer, byteLength } = fromBase64(text)
  const view = new DataView(buffer)
  return Int32Array.from({ length: byteLength / 4 }, (_, i) => view.getInt32(4 * i, true))
}
