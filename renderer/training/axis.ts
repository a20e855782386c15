import type { Stretch } from './zoom'

/** How values of one direction of a chart lie on it: from `from` (share 0) to `to` (share 1). */
export interface Axis {
  readonly from: number
  readonly to: number
  readonly log: boolean
  /** Where lines and labels go, rising. */
  readonly ticks: readonly number[]
}

/** The place of a value as a share of the axis; outside [0, 1] where the value lies outside. */
export function shareOf(axis: Axis, value: number): number {
  const f = axis.log ? Math.log10 : (v: number) => v
  return (f(value) - f(axis.from)) / (f(axis.to) - f(axis.from))
}

/** The value at a share of the axis. */
export function valueAt(axis: Axis, share: number): number {
  if (!axis.log) return axis.from + share * (axis.to - axis.from)
  return 10 ** (Math.log10(axis.from) + share * (Math.log10(axis.to) - Math.log10(axis.from)))
}

/** The round distance (1, 2, 2.5 or 5 times a power of ten) that gives at most `count` steps over a span. */
export function roundStep(span: number, count: number): number {
  const rough = span / count
  const power = 10 ** Math.floor(Math.log10(rough))
  // A hair of tolerance: 0.3 / 3 is a little above 0.1.
  const factor = [1, 2, 2.5, 5, 10].find((f) => f * power >= rough * (1 - 1e-9))!
  return factor * power
}

const multiples = (from: number, to: number, step: number): number[] => {
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12))
  )
}

/** Epochs, from 0 to the last one, at least to `least`. Ticks are whole epochs. */
export function epochAxis(last: number, count: number, least = 10): Axis {
  const to = Math.max(1, least, last)
  return { from: 0, to, log: false, ticks: multiples(0, to, wholeStep(to, count)) }
}

/** Epochs between two of them; ticks are whole epochs. */
export function stretchAxis({ from, to }: Stretch, count: number): Axis {
  return { from, to, log: false, ticks: multiples(from, to, wholeStep(to - from, count)) }
}

// 2.5 is the one round step that is no whole number.
const wholeStep = (span: number, count: number): number => {
  const step = roundStep(span, count)
  return Math.max(1, Number.isInteger(step) ? step : 2 * step)
}

/** From 0 to a round number above every value, or over whole powers of ten. */
export function lossAxis(values: readonly number[], log: boolean, count: number): Axis {
  let low = Infinity
  let high = 0
  for (const v of values)
    if (Number.isFinite(v)) {
      if (v > high) high = v
      if (v > 0 && v < low) low = v
    }
  if (high === 0) high = 1
  if (log) return logAxis(Math.min(low, high / 10), high, count)
  const step = roundStep(high, count)
  const to = Number((Math.ceil(high / step - 1e-9) * step).toPrecision(12))
  return { from: 0, to, log: false, ticks: multiples(0, to, step) }
}

/**
 * Without the worst 4 % of some values: the few first epochs, when the network guesses, must not press the rest
 * together.
 */
export function withoutFirst(values: readonly number[], better: 'higher' | 'lower'): readonly number[] {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b)
  const cut = Math.floor(sorted.length * 0.04)
  return better === 'higher' ? sorted.slice(cut) : sorted.slice(0, sorted.length - cut)
}

/** From a round number below every value to one above, within [least, most]. */
export function fittedAxis(
  values: readonly number[],
  count: number,
  least = -Infinity,
  most = Infinity
): Axis {
  let low = Infinity
  let high = -Infinity
  for (const v of values)
    if (Number.isFinite(v)) {
      if (v < low) low = v
      if (v > high) high = v
    }
  if (low > high) [low, high] = [0, 1]
  const step = roundStep(high - low || Math.abs(high) || 1, count)
  const round = (v: number): number => Number((v * step).toPrecision(12))
  const from = Math.max(least, round(Math.floor(low / step + 1e-9)))
  const to = Math.min(most, round(Math.max(Math.ceil(high / step - 1e-9), Math.floor(low / step + 1e-9) + 1)))
  return { from, to, log: false, ticks: multiples(from, to, step) }
}

function logAxis(low: number, high: number, count: number): Axis {
  const bottom = Math.floor(Math.log10(low) + 1e-9)
  const top = Math.ceil(Math.log10(high) - 1e-9)
  const every = Math.max(1, Math.ceil((top - bottom) / count))
  const ticks = Array.from({ length: Math.floor((top - bottom) / every) + 1 }, (_, i) =>
    Number(`1e${bottom + i * every}`)
  )
  return { from: 10 ** bottom, to: 10 ** top, log: true, ticks }
}

/**
 * Up to 100 %, from the last tenth below nearly all values: the few first epochs, when the network guesses, must not
 * press the rest together. What lies below is cut off, so the lowest tick says where the axis starts.
 */
export function accuracyAxis(values: readonly number[], count: number): Axis {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b)
  const low = sorted[Math.floor(sorted.length * 0.04)] ?? 0.5
  const from = Math.max(0, Math.min(0.9, Math.floor((low - 0.01) * 10) / 10))
  return { from, to: 1, log: false, ticks: multiples(from, 1, Math.max(0.05, roundStep(1 - from, count))) }
}

/** A tick of a loss axis, all with the same number of decimals on a linear one. */
export function lossLabel(axis: Axis): (value: number) => string {
  if (axis.log)
    return (v) =>
      v >= 0.001 && v < 10_000 ? v.toLocaleString('en-US', { maximumFractionDigits: 3 }) : v.toExponential(0)
  const step = (axis.ticks[1] ?? 1) - (axis.ticks[0] ?? 0)
  if (step >= 10_000) return (v) => v.toExponential(1)
  const decimals = Math.max(0, Math.min(8, Math.ceil(-Math.log10(step * 1.0001)) + (isQuarter(step) ? 1 : 0)))
  return (v) =>
    v.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
}

function isQuarter(step: number): boolean {
  return Math.abs(step / 10 ** Math.floor(Math.log10(step) + 1e-9) - 2.5) < 1e-6
}
