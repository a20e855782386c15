import type { Inside, UnrolledSteps } from '@core/ipc'
import type { SourceDescription } from '@core/registry/define'
import { numberText } from '@core/words'
import { seenClass } from '../shared/sequenceShapes'

/** Layers that walk along a sequence with one cell. */
export const STEPWISE: readonly string[] = ['simpleRnn', 'gru', 'lstm', 'bidirectional']

/** A state of a cell, as it is told. */
export interface Strip {
  readonly state: string
  readonly label: string
  readonly help: string
  /** Its numbers are between 0 and 1. */
  readonly gate: boolean
}

/** In the order in which they are shown. */
export const STRIPS: readonly Strip[] = [
  { state: 'hidden', label: 'Hidden state', help: 'What it hands on after each step.', gate: false },
  { state: 'carry', label: 'Carry', help: 'The memory that its gates write to and read from.', gate: false },
  {
    state: 'forget',
    label: 'Forget gate',
    help: 'How much of the memory is kept: 1 is all of it.',
    gate: true
  },
  { state: 'input', label: 'Input gate', help: 'How much of what is new is written down.', gate: true },
  { state: 'output', label: 'Output gate', help: 'How much of the memory is handed on.', gate: true },
  {
    state: 'update',
    label: 'Update gate',
    help: 'How much of the state stays as it was: 1 is all of it.',
    gate: true
  },
  {
    state: 'reset',
    label: 'Reset gate',
    help: 'How much of the state is looked at for what is new.',
    gate: true
  }
]

/** One step in words. */
export interface StepWords {
  readonly counts: boolean
  readonly input: string
  readonly strongest: readonly { readonly unit: number; readonly value: number }[]
  readonly spoken: string
}

const SHORT = 3

/** What goes in at a step, in the order of reading, and which units answer most strongly. */
export function stepWords(
  { steps, units, order, counts, inputs, states }: UnrolledSteps,
  step: number,
  data: Pick<SourceDescription, 'symbols' | 'shape' | 'features'> | undefined,
  inside: Pick<Inside, 'x'> | undefined
): StepWords {
  const at = order[step] ?? 0
  const width = inputs.length / steps
  const own = inputs.subarray(at * width, (at + 1) * width)
  const input =
    data?.symbols && inside && data.shape[0] === steps
      ? characterAt(data.symbols, inside.x[at] ?? 0)
      : numbersText(own, width === data?.features.length ? data.features : [])
  const hidden = states['hidden']!.subarray(step * units, (step + 1) * units)
  const strongest = [...hidden.keys()]
    .sort((a, b) => Math.abs(hidden[b]!) - Math.abs(hidden[a]!))
    .slice(0, SHORT)
    .map((unit) => ({ unit, value: Number(hidden[unit]!.toFixed(2)) }))
  const first = strongest[0]
  return {
    ...{ counts: counts[at] === 1, input, strongest },
    spoken: `Step ${step + 1}, gets ${input}${first ? `, unit ${first.unit + 1} is at ${first.value}` : ''}`
  }
}

/** The same, where what stands behind a text that is shorter than others counts as nothing. */
export function withoutFillers(
  told: UnrolledSteps,
  data: Pick<SourceDescription, 'symbols' | 'shape'> | undefined,
  inside: Pick<Inside, 'x'> | undefined
): UnrolledSteps {
  if (!data?.symbols || !inside || data.shape[0] !== told.steps) return told
  return { ...told, counts: told.counts.map((counts, at) => (inside.x[at] === 0 ? 0 : counts)) }
}

/** The last step that does not only fill up, in the order of reading. */
export function lastCounted({ order, counts, steps }: UnrolledSteps): number {
  const found = order.findLastIndex((at) => counts[at] === 1)
  return found < 0 ? steps - 1 : found
}

const characterAt = (symbols: readonly string[], number: number): string =>
  number === 0 ? 'nothing' : `“${seenClass(symbols, number - 1)}”`

/** "0.3 · 1", "A, remember" where one of several is 1. */
function numbersText(values: Float32Array, names: readonly string[]): string {
  const ones = [...values.keys()].filter((i) => values[i] === 1)
  const rest = values.every((v) => v === 0 || v === 1)
  if (rest && names.length > 2 && ones.length > 0) return ones.map((i) => names[i]).join(', ')
  const told = Array.from(values.subarray(0, 4), (v) => numberText(Number(v.toPrecision(2))))
  return told.join(' · ') + (values.length > 4 ? ' …' : '')
}
