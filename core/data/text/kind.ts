import Papa from 'papaparse'

/** Lines that are looked at. */
const LOOK = 100

/**
 * Is a plain text file a table? It is where nearly all of its lines, and at least two, are parted into equally many
 * cells by a mark that prose does not use so.
 */
export function looksLikeTable(start: string): boolean {
  return ['\t', ';', ',', '|'].some((delimiter) => {
    const { data } = Papa.parse<string[]>(start, { delimiter, preview: LOOK })
    const rows = data.filter((row) => row.some((cell) => cell.trim() !== ''))
    const width = rows[0]?.length ?? 1
    if (rows.length < 2 || width < 2) return false
    // Few lines with a comma each may well be verse.
    const wordy = rows.some((row) => row.some((cell) => cell.trim().split(/\s+/).length > 6))
    const agree = rows.filter((row) => row.length === width).length / rows.length
    return agree >= 0.95 && !wordy
  })
}
