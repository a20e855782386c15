import { readFile, stat } from 'node:fs/promises'
import { cleanText } from '@core/data/text/profile'
import type { ReadOptions } from '@core/data/table/sniff'
import { sizeText } from '@core/words'
import { fail, ok, type Result } from '@core/result'
import { beginning, encodingOf } from './readFile'

/** A longer text is read into memory whole, and gives more examples than anyone has time for. */
const MOST_BYTES = 50 << 20

/** A text as it is, without marks of its encoding and with one kind of line ends. */
export interface ReadText {
  readonly text: string
  readonly encoding: string
}

/** Reads a text in any of the usual encodings. `name` is for words. */
export async function readTextFile(
  path: string,
  name: string,
  { encoding }: Pick<ReadOptions, 'encoding'>
): Promise<Result<ReadText>> {
  const { size } = await stat(path)
  if (size > MOST_BYTES)
    return fail({
      code: 'too-large',
      message: `${name} has ${sizeText(size)}. Netloom learns from texts of up to ${sizeText(MOST_BYTES)}.`,
      detail: 'Take a part of it.'
    })
  const found = encoding === 'auto' ? encodingOf(await beginning(path)) : encoding
  if (found === undefined)
    return fail({
      code: 'other-file',
      message: `${name} is not text.`,
      detail: 'Netloom reads plain texts (.txt, .md).'
    })
  const bytes = await readFile(path)
  const plain = decoded(bytes, found, encoding === 'auto' && found === 'utf-8')
  if (plain !== undefined) return ok({ text: cleanText(plain), encoding: found })
  return ok({ text: cleanText(decoded(bytes, 'windows-1252', false)!), encoding: 'windows-1252' })
}

/** Undefined where the bytes are not of this encoding. */
function decoded(bytes: Uint8Array, encoding: string, strict: boolean): string | undefined {
  try {
    const decoder = new TextDecoder(encoding, { fatal: strict })
    // In one piece, Node 20 takes Windows-1252 for Latin-1, which has no dashes and quotation marks.
    return decoder.decode(bytes, { stream: true }) + decoder.decode()
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return undefined
    throw error
  }
}
