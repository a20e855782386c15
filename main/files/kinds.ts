import { fail, ok, type Problem, type Result } from '@core/result'

/** Files that are known by how they begin. */
const beginnings: readonly (readonly [bytes: string, what: string])[] = [
  ['\x89HDF\r\n\x1a\n', 'a Keras model in the H5 format'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['%PDF', 'a PDF document'],
  ['\xd0\xcf\x11\xe0', 'an old Office document'],
  ['\x1f\x8b', 'a packed archive'],
  ['Rar!', 'a packed archive'],
  ['7z\xbc\xaf', 'a packed archive'],
  ['\x7fELF', 'a program'],
  ['MZ', 'a program']
]

/** Zips by the name of a file that only such a zip holds. */
const zips: readonly (readonly [entry: string, what: string])[] = [
  ['xl/workbook', 'an Excel table'],
  ['word/document', 'a Word document'],
  ['ppt/presentation', 'a PowerPoint presentation'],
  ['model.weights.h5', 'a Keras model'],
  ['content.xml', 'an OpenDocument file'],
  ['data.pkl', 'a PyTorch model']
]

const tables = ['csv', 'tsv', 'txt']

const ending = (name: string): string => /\.([^.]+)$/.exec(name.toLowerCase())?.[1] ?? ''

/** What these bytes are, where that is easy to see and is not text. */
function kindOf(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  const known = beginnings.find(([beginning]) => start.startsWith(beginning))?.[1]
  if (known !== undefined || !start.startsWith('PK')) return known
  // Names are spelled out at both ends of a zip.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const names =
    buffer.toString('latin1', 0, 4096) + buffer.toString('latin1', Math.max(0, buffer.length - 65536))
  if (names.includes('document.json')) return undefined
  return zips.find(([entry]) => names.includes(entry))?.[1] ?? 'a zip archive'
}

/** Why this file is no project, if that can be told without reading it all. */
export function notAProject(name: string, bytes: Uint8Array): Problem | undefined {
  const refuse = (what: string, detail?: string): Problem => ({
    code: 'other-file',
    message: `Netloom opens .netloom projects. ${name} is ${what}.`,
    ...(detail ? { detail } : {})
  })
  const kind = kindOf(bytes)
  if (kind !== undefined)
    return refuse(
      kind,
      kind === 'an Excel table' ? 'Save it as CSV to use it as data in a project.' : undefined
    )
  if (['csv', 'tsv'].includes(ending(name)))
    return refuse(
      'a table',
      'To train on it, open a project, choose “Table” as its data, and then this file.'
    )
  if (ending(name) === 'ipynb') return refuse('a notebook')
  if (ending(name) === 'py') return refuse('a Python program')
  return undefined
}

/** The text of a table, whichever of the usual encodings it has; a clear word about files that are no tables. */
export function tableText(name: string, bytes: Uint8Array): Result<string> {
  const kind = kindOf(bytes)
  if (kind !== undefined || (bytes[0] === 0x50 && bytes[1] === 0x4b))
    return fail({
      code: 'other-file',
      message: `Netloom reads CSV. ${name} is ${kind ?? 'a Netloom project'}.`,
      ...(kind === 'an Excel table' || kind === 'an old Office document'
        ? { detail: 'Save it as CSV there, and choose that file.' }
        : {})
    })
  if (bytes.length === 0) return fail({ code: 'empty-file', message: `${name} is empty.` })
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ok(new TextDecoder('utf-16le').decode(bytes))
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ok(new TextDecoder('utf-16be').decode(bytes))
  if (bytes.includes(0))
    return fail({
      code: 'other-file',
      message: `Netloom reads CSV. ${name} is not text.`,
      detail: `A table is a file that ends in ${tables.map((e) => `.${e}`).join(', ')}.`
    })
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    // Not UTF-8: what spreadsheets on Windows write, in which every byte is a letter.
    if (error instanceof TypeError) return ok(new TextDecoder('windows-1252').decode(bytes))
    throw error
  }
}
