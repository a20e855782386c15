/** What `fileKind` calls an XLSX file. */
export const EXCEL = 'an Excel table'
/** What it calls a .netloom file. */
export const PROJECT = 'a Netloom project'

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
  ['xl/workbook', EXCEL],
  ['word/document', 'a Word document'],
  ['ppt/presentation', 'a PowerPoint presentation'],
  ['model.weights.h5', 'a Keras model'],
  ['content.xml', 'an OpenDocument file'],
  ['data.pkl', 'a PyTorch model'],
  ['document.json', PROJECT]
]

const latin1 = new TextDecoder('latin1')

/** What these bytes are, where that is easy to see and is not text. */
export function fileKind(bytes: Uint8Array): string | undefined {
  const start = latin1.decode(bytes.subarray(0, 16))
  const known = beginnings.find(([beginning]) => start.startsWith(beginning))?.[1]
  if (known !== undefined || !start.startsWith('PK')) return known
  // Names are spelled out at both ends of a zip.
  const names =
    latin1.decode(bytes.subarray(0, 4096)) + latin1.decode(bytes.subarray(Math.max(0, bytes.length - 65536)))
  return zips.find(([entry]) => names.includes(entry))?.[1] ?? 'a zip archive'
}

/** The ending of a file's name in lower case, without the dot. */
export function endingOf(name: string): string {
  return /\.([^.]+)$/.exec(name.toLowerCase())?.[1] ?? ''
}

/** Endings of files that may hold a table. */
export const TABLE_ENDINGS: readonly string[] = ['csv', 'tsv', 'tab', 'txt', 'xlsx']
/** Endings of names of plain texts. A .txt may also hold a table. */
export const TEXT_ENDINGS: readonly string[] = ['txt', 'md']
