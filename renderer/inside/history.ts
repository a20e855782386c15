import type { WeightHistory } from '@core/inside/messages'
import { BINS, TEN_BINS, TENS } from '@core/inside/spread'
import { countText } from '@core/words'
import { exactText } from '../training/numbers'

/** Columns of a heat strip: shares of the width where each begins, and where the last one ends. */
export function edgesOf(epochs: readonly number[]): number[] {
  const [first = 0, last = 0] = [epochs[0], epochs.at(-1)]
  const span = last - first || 1
  const middles = epochs.slice(1).map((epoch, i) => (epoch + epochs[i]! - 2 * first) / 2 / span)
  return [0, ...middles, 1]
}

/** The column whose epoch is nearest to a share of the width. */
export function columnAt(epochs: readonly number[], share: number): number {
  const edges = edgesOf(epochs)
  const found = edges.findIndex((edge, i) => i > 0 && share < edge)
  return found < 0 ? epochs.length - 1 : found - 1
}

/** A strip of histograms, and what its lowest and highest rows stand for. */
export interface Strip {
  readonly bins: number
  readonly columns: readonly (Int32Array | undefined)[]
  readonly from: number
  readonly to: number
}

/** How a weight was spread: in fewer stretches where there are few numbers. */
export function weightStrip({ histogram, mean, count, from, to }: WeightHistory): Strip {
  const together = count < 100 ? 4 : count < 1000 ? 2 : 1
  const columns = Array.from(mean, (_, i) => merged(histogram.subarray(i * BINS, (i + 1) * BINS), together))
  const bins = BINS / together
  // Numbers that are all alike lie in the middle.
  return from === to ? { bins, columns, from: from - 1, to: to + 1 } : { bins, columns, from, to }
}

function merged(counts: Int32Array, together: number): Int32Array {
  const found = new Int32Array(counts.length / together)
  for (const [i, count] of counts.entries()) found[Math.floor(i / together)]! += count
  return found
}

/** How the gradient of a weight was spread over powers of ten: whole ones, as far as they are used. */
export function gradientStrip({ gradient }: WeightHistory): Strip | undefined {
  if (!gradient) return undefined
  const { histogram, size } = gradient
  let [low, high] = [TEN_BINS, -1]
  for (const [i, count] of histogram.entries()) {
    if (count === 0) continue
    low = Math.min(low, i % TEN_BINS)
    high = Math.max(high, i % TEN_BINS)
  }
  if (high < 0) return undefined
  const { perTen } = TENS
  const first = Math.floor(low / perTen) * perTen
  const last = Math.max(first + perTen, Math.ceil((high + 1) / perTen) * perTen)
  const columns = Array.from(size, (own, i) =>
    Number.isNaN(own) ? undefined : histogram.subarray(i * TEN_BINS + first, i * TEN_BINS + last)
  )
  return { bins: last - first, columns, from: TENS.from + first / perTen, to: TENS.from + last / perTen }
}

/** A size as it stands beside a layer: "0.012", "3.1e−7". */
export function sizeWords(value: number): string {
  if (Number.isNaN(value)) return '–'
  if (value === 0) return '0'
  if (value >= 0.001 && value < 1000) return String(Number(value.toPrecision(2)))
  return value.toExponential(1).replace('-', '−')
}

const signed = (value: number): string => exactText(Number(value.toPrecision(3))).replace('-', '−')

/** A weight at one of the epochs. */
export function weightWords({ mean, deviation, least, most }: WeightHistory, at: number): string {
  return `mean ${signed(mean[at]!)} ± ${signed(deviation[at]!)}, ${signed(least[at]!)} to ${signed(most[at]!)}`
}

/** Its gradient there. */
export function gradientWords({ gradient, count }: WeightHistory, at: number): string {
  if (!gradient || Number.isNaN(gradient.size[at]!)) return 'not measured yet'
  const zeros = Math.round(gradient.zero[at]! * count)
  return `${sizeWords(gradient.size[at]!)}${zeros > 0 ? `, ${countText(zeros)} of ${countText(count)} are 0` : ''}`
}

/** What a strip shows, for those who do not see it. */
export function stripSummary(what: string, epochs: readonly number[], words: (at: number) => string): string {
  const [first = 0, last = 0] = [epochs[0], epochs.at(-1)]
  return `${what}. Epoch ${countText(first)}: ${words(0)}. Epoch ${countText(last)}: ${words(epochs.length - 1)}.`
}
