import type { AppState } from '../state/app.svelte'
import { lossText, percentText } from './numbers'
import { trainAccuracy, trainLoss } from '@core/run/point'

/** What a class can guess about new examples, compared with those it learns from. */
export const GUESSES = [
  { id: 'better', label: 'Better' },
  { id: 'same', label: 'The same' },
  { id: 'worse', label: 'Worse' }
] as const
export type Guess = (typeof GUESSES)[number]['id']

/** The guesses of a class, while new examples are covered. */
class Vote {
  counts = $state<{ [G in Guess]: number }>({ better: 0, same: 0, worse: 0 })

  /** Covers what is measured on new examples, and begins to count. */
  cover(app: AppState): void {
    this.counts = { better: 0, same: 0, worse: 0 }
    app.covered = true
  }

  add(guess: Guess, by: 1 | -1): void {
    this.counts[guess] = Math.max(0, this.counts[guess] + by)
  }

  /** Uncovers, and says what was guessed and how it is. */
  reveal(app: AppState): void {
    app.covered = false
    const { run } = app.trainer
    const point = run.history.at(-1)
    if (!point) return
    const { better, same, worse } = this.counts
    const guessed =
      better + same + worse > 0 ? `Guessed: ${better} better, ${same} the same, ${worse} worse. ` : ''
    app.tell(`${guessed}${truth(point, run.rows, app.project.noun)}`)
  }
}

function truth(
  point: Parameters<typeof trainLoss>[0],
  rows: { readonly train: number; readonly validation: number },
  noun: string
): string {
  const own = trainAccuracy(point)
  if (own !== undefined && point.valAccuracy !== undefined)
    return `Right on its own ${noun}: ${percentText(own, rows.train)}, on new ones: ${percentText(point.valAccuracy, rows.validation)}.`
  const held = point.valLoss === undefined ? '–' : lossText(point.valLoss)
  return `Loss on its own ${noun}: ${lossText(trainLoss(point))}, on new ones: ${held}.`
}

/** The one of this window. */
export const vote = new Vote()
