import { defineEncoding } from '../define'

/** Numbers that a calendar gives a moment, in UTC; Monday is 0. */
const PARTS: readonly (readonly [name: string, of: (date: Date) => number])[] = [
  ['year', (date) => date.getUTCFullYear()],
  ['month', (date) => date.getUTCMonth() + 1],
  ['day', (date) => date.getUTCDate()],
  ['weekday', (date) => (date.getUTCDay() + 6) % 7],
  ['hour', (date) => date.getUTCHours() + date.getUTCMinutes() / 60]
]

/** Year, month, day, weekday and, where there are times, hour; each standardised. */
export default defineEncoding({
  type: 'dateParts',
  title: 'Parts of the date',
  summary: 'Year, month, day, weekday and hour, each standardised.',
  kinds: ['datetime'],
  names: ({ words }) => {
    const timed = words.some(([word]) => word.length > 10)
    return PARTS.slice(0, timed ? 5 : 4).map(([name]) => `: ${name}`)
  },
  fit: (cells, width) =>
    PARTS.slice(0, width).flatMap(([, of]) => {
      const values = cells.filter((cell) => !Number.isNaN(cell)).map((cell) => of(new Date(cell)))
      const mean = values.reduce((sum, v) => sum + v, 0) / values.length
      const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0)
      return [mean, Math.sqrt(squares / values.length) || 1]
    }),
  apply: (state, cell, into, at, width) => {
    const date = new Date(cell)
    for (let i = 0; i < width; i++) into[at + i] = (PARTS[i]![1](date) - state[2 * i]!) / state[2 * i + 1]!
  }
})
