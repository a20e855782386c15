import type { NewAnswers } from '@core/answers/newAnswers'

export type Filter = 'all' | 'unsure' | 'wrong' | 'failed'
export type Order = 'file' | 'most' | 'least'

/** Sorting keys are whole numbers of so many steps, with the row behind them: numbers are sorted faster than pairs. */
const STEPS = 2 ** 30
const ROWS = 2 ** 22

/** Is this answer not the right one? False where the right one is not known, and where answers are numbers. */
export function isWrong(answers: NewAnswers, row: number): boolean {
  const truth = answers.truthOf(row)
  const found = answers.answerTo(row)
  return truth !== undefined && found?.confidence !== undefined && found.answer !== truth
}

/**
 * The rows to show, in their order: of the file, or by confidence (by the number where answers are numbers). Rows without
 * an answer come last. Unsure is below `limit`, a share.
 */
export function rowsToShow(
  answers: NewAnswers,
  { filter, order, limit }: { readonly filter: Filter; readonly order: Order; readonly limit: number }
): Int32Array {
  const kept: number[] = []
  for (let row = 0; row < answers.rows; row++) if (isShown(answers, row, filter, limit)) kept.push(row)
  if (order === 'file') return Int32Array.from(kept)
  const values = Float64Array.from(kept, (row) => {
    const found = answers.answerTo(row)
    return found ? (found.confidence ?? found.answer) : NaN
  })
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const keys = values.map((value, i) => {
    const share = high > low ? (value - low) / (high - low) : 0
    const step = Number.isNaN(value) ? STEPS + 1 : Math.round((order === 'least' ? share : 1 - share) * STEPS)
    return step * ROWS + i
  })
  keys.sort()
  return Int32Array.from(keys, (key) => kept[key % ROWS]!)
}

function isShown(answers: NewAnswers, row: number, filter: Filter, limit: number): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'failed':
      return answers.failures.has(row)
    case 'wrong':
      return isWrong(answers, row)
    case 'unsure':
      return (answers.answerTo(row)?.confidence ?? 1) < limit
  }
}

/** How many rows each filter shows. */
export function countsOf(answers: NewAnswers, limit: number): { readonly [F in Filter]: number } {
  const counts = { all: answers.rows, unsure: 0, wrong: 0, failed: answers.failures.size }
  for (let row = 0; row < answers.rows; row++) {
    if (isShown(answers, row, 'unsure', limit)) counts.unsure++
    if (isWrong(answers, row)) counts.wrong++
  }
  return counts
}
