import type { DateOrder, Decimal } from './columns'

/** Words that stand for “nothing is known”, in lower case. */
const MISSING = new Set(['', 'na', 'n/a', '#n/a', 'null', '?', '-', '–', 'nan', 'none', 'nil'])

/** Does this cell say that nothing is known? It is trimmed. */
export function isMissing(cell: string): boolean {
  return cell.length <= 4 && (cell === '' || MISSING.has(cell.toLowerCase()))
}

const POINT = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const COMMA = /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i
const GROUPED = {
  '.': /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/,
  ',': /^[+-]?\d{1,3}([. \u00a0\u202f]\d{3})+(,\d+)?$/
}

/**
 * A number as it is written with this decimal mark, with or without marks between thousands; not a number for anything
 * else. What single precision cannot hold is no number either: a network computes in it.
 */
export function numberOf(cell: string, decimal: Decimal): number {
  let plain = cell
  if (decimal === '.') {
    if (!POINT.test(cell)) {
      if (!GROUPED['.'].test(cell)) return NaN
      plain = cell.replaceAll(',', '')
    }
  } else if (COMMA.test(cell)) plain = cell.replace(',', '.')
  else if (GROUPED[','].test(cell)) plain = cell.replace(/[. \u00a0\u202f]/g, '').replace(',', '.')
  else return NaN
  const value = Number(plain)
  return Number.isFinite(Math.fround(value)) ? value : NaN
}

/** Is it a number whose zeros in front mean something, such as a postcode? */
export function hasLeadingZero(cell: string): boolean {
  return /^0\d/.test(cell)
}

const DATE = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})$/
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([ap])\.?m\.?)?$/i
const ZONE = /(?:z|[+-]\d{2}:?\d{2})$/i

/**
 * A moment in ms since 1970 in UTC; not a number for what is none. Dates are written 2024-01-31, or with the day or the
 * month first as `order` says; a time may follow, and a zone after that. A time alone is one of 1 January 1970.
 */
export function momentOf(cell: string, order: DateOrder): number {
  const [first, ...rest] = cell.split(/[T ]/)
  const date = DATE.exec(first!)
  if (!date) return rest.length <= 1 ? timeOf(cell, true) : NaN
  const day = dayOf(date, order)
  if (Number.isNaN(day) || rest.length === 0) return day
  return day + timeOf(rest.join(' '), false)
}

function dayOf([, a, , b, c]: RegExpExecArray, order: DateOrder): number {
  const numbers = [Number(a), Number(b), Number(c)] as const
  const yearFirst = a!.length === 4
  if (yearFirst ? c!.length > 2 : order === 'ymd' || (c!.length !== 4 && c!.length !== 2)) return NaN
  const [year, month, day] = yearFirst
    ? numbers
    : order === 'dmy'
      ? [numbers[2], numbers[1], numbers[0]]
      : [numbers[2], numbers[0], numbers[1]]
  const full = year < 70 && c!.length === 2 ? 2000 + year : year < 100 && c!.length === 2 ? 1900 + year : year
  const ms = Date.UTC(full, month - 1, day)
  const back = new Date(ms)
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? ms : NaN
}

/** ms after midnight in UTC. */
function timeOf(text: string, alone: boolean): number {
  const zone = alone ? undefined : ZONE.exec(text)?.[0]
  const plain = zone === undefined ? text : text.slice(0, -zone.length).trim()
  const time = TIME.exec(plain)
  if (!time) return NaN
  const [, h, m, s = '0', fraction = '0', half] = time
  const hours = half === undefined ? Number(h) : (Number(h) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  if (hours > 24 || Number(m) > 59 || Number(s) > 60 || (half !== undefined && Number(h) > 12)) return NaN
  const ms = Math.floor(Number(`0.${fraction}`) * 1000)
  return ((hours * 60 + Number(m)) * 60 + Number(s)) * 1000 + ms - offsetOf(zone)
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || /z/i.test(zone)) return 0
  const [, sign, h, m] = /([+-])(\d{2}):?(\d{2})/.exec(zone)!
  return (sign === '-' ? -1 : 1) * (Number(h) * 60 + Number(m)) * 60_000
}
