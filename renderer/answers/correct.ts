import { withCorrection, type Correction } from '@core/data/corrections'
import type { Example } from '@core/answers/messages'
import { countText } from '@core/words'
import { singular } from '../shared/examples'
import type { AppState } from '../state/app.svelte'
import { testScore } from '../training/testScore.svelte'

/** What a person has done to this row; undefined where it is as it came. */
export function correctionOf({ project }: AppState, row: number): Correction | undefined {
  return project.document.data.corrections?.find((own) => own.row === row)
}

/** "Picture 2,131": rows are counted from 1. */
export function rowName(app: AppState, row: number): string {
  return `${singular(app.project.noun)} ${countText(row + 1)}`
}

/** Gives an example another class, leaves it out (`null`) or puts it back as it came, and says so with a way back. */
export function correct(
  app: AppState,
  example: Pick<Example, 'row' | 'part'>,
  label: number | null | 'as it came'
): void {
  const { row, part } = example
  const before = correctionOf(app, row)
  const { score } = testScore
  const scored = score && {
    ...{ epoch: score.epoch, loss: score.loss },
    ...(score.accuracy === undefined ? {} : { accuracy: score.accuracy })
  }
  // The first score counts: what was touched twice was honest only before the first time.
  const inTest = before?.before !== undefined || part === 'test'
  app.project.apply({
    ...{ kind: 'correct', row },
    ...(label === 'as it came'
      ? {}
      : { correction: { label, ...(inTest ? { before: before?.before ?? scored ?? null } : {}) } })
  })
  const classes = app.project.derivation.data?.classes ?? []
  const name = rowName(app, row)
  app.tell(
    label === 'as it came'
      ? `The ${name} is as it came.`
      : label === null
        ? `The ${name} is left out of the data.`
        : `The ${name} counts as ${classes[label] ?? label}.`,
    { label: 'Undo', run: () => putBack(app, row, before) }
  )
}

function putBack(app: AppState, row: number, before: Correction | undefined): void {
  const [own] = withCorrection([], row, before)
  const { row: _, ...correction } = own ?? { row }
  app.project.apply({ kind: 'correct', row, ...('label' in correction ? { correction } : {}) })
}
