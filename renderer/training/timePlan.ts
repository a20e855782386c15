import type { Edit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import { splitSizes } from '@core/data/split'
import type { SourceDescription } from '@core/registry/define'
import { sources } from '@core/registry'
import { durationText, durationWords } from '@core/run/duration'
import { forecastOf, type Forecast, type Speed } from '@core/run/forecast'
import { plainNumber } from '../state/transport'
import { secondsText } from './endingWords'
import { countText } from './numbers'

/** Training that takes less than this, in ms, is not worth a word. */
export const WORTH_TELLING = 5000
/** Training that takes longer than this, in ms, can be made shorter by a click. */
const LONG = 120_000
/** Minutes that training can be limited to by a click. */
const MINUTES = [2, 5, 12]
/** Fewer examples than this teach little. */
const LEAST_EXAMPLES = 500

/** A way to make training shorter. */
export interface Shortcut {
  readonly id: string
  readonly label: string
  /** What it comes to, in a sentence. */
  readonly effect: string
  /** It is in force: the edit takes it back. */
  readonly on: boolean
  readonly edit: Edit
}

/** How long training takes, in words: "10 epochs, about 4 minutes (24 s each)". */
export function planWords({ training }: Pick<Document, 'training'>, forecast: Forecast): string {
  const { perEpoch, epochs, ms, endsBy } = forecast
  const { patience, stopAt } = training
  if (endsBy === 'seconds')
    return `Stops after ${secondsText(stopAt.seconds!)}: ${epochsDone(epochs, training.epochs)}`
  const mayEndBefore = patience > 0 || stopAt.loss !== null
  const count = endsBy === 'steps' ? `${countText(stopAt.steps!)} steps` : epochsText(Math.round(epochs))
  const each =
    endsBy === 'epochs' && epochs > 1.5 && perEpoch >= 50 ? ` (${durationText(perEpoch)} each)` : ''
  return `${mayEndBefore ? 'At most ' : ''}${count}, ${durationWords(ms)}${each}`
}

/**
 * Ways to make long training shorter, each with what it comes to; none where it is short already. Where a time is set,
 * there are other times to choose from.
 */
export function shortcuts(
  document: Document,
  data: SourceDescription | undefined,
  speed: Speed,
  noun: string
): readonly Shortcut[] {
  const free = limitedTo(document, null)
  const now = forecastOf(free, speed)
  if (now.ms <= LONG) return []
  const limits = MINUTES.filter((minutes) => 60_000 * minutes < 0.8 * now.ms).map((minutes) =>
    limit(document, speed, minutes)
  )
  if (document.training.stopAt.seconds !== null) return limits
  const rest = [fewerExamples(document, data, speed, noun), fewerEpochs(document, now)]
  return [...limits, ...rest.filter((way) => way !== undefined)]
}

const limitedTo = ({ training, ...rest }: Document, seconds: number | null): Document => ({
  ...rest,
  training: { ...training, stopAt: { ...training.stopAt, seconds } }
})

function limit(document: Document, speed: Speed, minutes: number): Shortcut {
  const limited = limitedTo(document, 60 * minutes)
  const on = document.training.stopAt.seconds === 60 * minutes
  const { stopAt } = on ? limitedTo(document, null).training : limited.training
  const done = epochsDone(forecastOf(limited, speed).epochs, document.training.epochs)
  return {
    id: `minutes-${minutes}`,
    label: `${minutes} min`,
    effect: on ? 'Train to the end again, without a limit.' : `Train for ${minutes} minutes: ${done}.`,
    on,
    edit: {
      kind: 'all',
      label: on ? 'lift the time limit' : `train for ${minutes} minutes`,
      edits: [{ kind: 'setTraining', change: { stopAt } }]
    }
  }
}

function fewerExamples(
  document: Document,
  data: SourceDescription | undefined,
  speed: Speed,
  noun: string
): Shortcut | undefined {
  const { source, split } = document.data
  const field = sources[source.type]!.fields['samples']
  const before = source.config['samples']
  if (!data || field?.kind !== 'int' || typeof before !== 'number') return undefined
  const one = forecastOf(document, speed).ms > 4 * LONG ? 10 : 4
  const samples = Math.round(before / one)
  const rows = samples - before + data.rows - (data.heldOut?.rows ?? 0)
  if (samples < Math.max(field.min, LEAST_EXAMPLES) || !splitSizes(split, rows).fits) return undefined
  const { ms } = forecastOf(document, { ...speed, updating: speed.updating / one })
  const changed = { ...source, config: { ...source.config, samples } }
  return {
    id: 'examples',
    label: `1 of ${one} ${noun}`,
    effect: `Learn from ${countText(samples)} ${noun} instead of ${countText(before)}: ${durationWords(ms)} in all.`,
    on: false,
    edit: {
      kind: 'all',
      label: `use 1 of ${one} ${noun}`,
      edits: [{ kind: 'setData', change: { source: changed } }]
    }
  }
}

function fewerEpochs({ training }: Document, { ms, perEpoch, epochs }: Forecast): Shortcut | undefined {
  const fewer = plainNumber(Math.max(1, LONG / perEpoch))
  if (fewer > 0.8 * epochs) return undefined
  return {
    id: 'epochs',
    label: epochsText(fewer),
    effect: `${epochsText(fewer)} instead of ${countText(training.epochs)}: ${durationWords((fewer * ms) / epochs)} in all.`,
    on: false,
    edit: {
      kind: 'all',
      label: `train for ${epochsText(fewer)}`,
      edits: [{ kind: 'setTraining', change: { epochs: fewer } }]
    }
  }
}

const epochsText = (n: number): string => `${countText(n)} ${n === 1 ? 'epoch' : 'epochs'}`

function epochsDone(done: number, planned: number): string {
  if (done < 1) return 'less than one epoch'
  const rough = done < 100 ? Math.round(done) : Number(done.toPrecision(2))
  return `about ${countText(rough)} of ${epochsText(planned)}`
}
