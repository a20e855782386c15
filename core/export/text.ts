import { strToU8 } from 'fflate'

/** Text as UTF-8. */
export function textFile(text: string): Uint8Array {
  return strToU8(text)
}

/** JSON as a person reads it, with a line end at the end. */
export function jsonFile(value: unknown): Uint8Array {
  return strToU8(`${JSON.stringify(value, null, 2)}\n`)
}
