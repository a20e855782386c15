import type { Dataset } from '../data/dataset'
import type { EpochPoint } from './events'
import { severalLosses, trainLoss } from './point'
import { dataSince, type RunState } from './state'

/** Why the curves do not tell. */
export type Doubt =
  /** There are too few new rows to tell anything from. */
  | 'few'
  /** On new rows the network never did better than always giving the commonest answer. */
  | 'unlearned'
  /** New rows do worse, but by no more than chance explains. */
  | 'chance'

/** What the curves say, in one word. */
export type Reading =
  /** Too early to say anything. */
  | { readonly kind: 'none' }
  /** No rows are held back, so nothing tells learning from learning by heart. */
  | { readonly kind: 'nothingHeldBack' }
  /** New points do about as well as they ever did. */
  | { readonly kind: 'learning' }
  /** It cannot be told, and why; new points did best at `since`. */
  | { readonly kind: 'unclear'; readonly why: Doubt; readonly since: number; readonly rows: number }
  | { readonly kind: 'overfitting'; readonly since: number }
  | { readonly kind: 'diverged' }

/** What of a run is read. */
export type ReadRun = Pick<RunState, 'ending' | 'history' | 'rows' | 'epoch' | 'epochs' | 'changes'>

/** Standard errors by which something has to stand out. */
const SIGMAS = 3
/** Share by which the loss on new points has to have risen: less is not worth a word of warning. */
const WORTH = 0.15
/** Evaluations that have to agree: a twentieth of all, in these bounds. */
const WINDOW = { least: 5, most: 50, share: 0.05 }
/** Standard error of a median over that of a mean, √(π/2), for normal values. */
const MEDIAN = 1.2533
/** Below this many evaluations the curves say nothing: the first epochs of every run jump about. */
const ENOUGH = 20
/** So does this share of the plan, up to so many epochs: large first steps swing back and forth. */
const SETTLING = { share: 0.1, most: 100 }
/** Below this many new rows, one of them more or less in the part would change the curve. */
const FEW_ROWS = 30

/**
 * Reads the curves of a run, as far as they were measured on the present data. `commonest` is the share of the
 * commonest class among the new rows, where answers are classes. Nothing is said of fewer than 30 new rows, nor before
 * accuracy on new rows, around the best epoch, was above that share by more than three standard errors
 * √(p (1 − p) / n): what was never learned cannot be learned too well. "Overfitting" is said only when all of this
 * holds as well.
 *
 * Let W be the window (the last evaluations), `now` the median validation loss in it, and `best` the median validation
 * loss in an equally long stretch around the best epoch (not the single lowest value, which is lucky by selection).
 *
 * 1. The rise `now − best` is at least 15 % of `best`, and every evaluation in the window lies above `best`.
 * 2. The training loss has fallen since: where training gets worse as well, the steps are too large, which is
 *    something else.
 * 3. The rise is larger than chance explains, which has three parts:
 *    - which rows were held back. The rise is carried by the rows the network now gets wrong, a share q of n; in the
 *      two-point model, where those rows have rise/q each and the others 0, the standard error of the mean is
 *      rise · √((1 − q) / (q · n)). It asks for about nine wrong rows: three that happen to be hard prove nothing.
 *      q is (wrong + 1) / (n + 2), so that it is never 0.
 *    - jitter from step to step (small batches), σ = 1.4826 · MAD of the differences between neighbours / √2. A median
 *      of W values has the standard error s = 1.2533 · σ / √W, the difference of two √2 · s.
 *    - the choice of the best stretch: it is the luckiest of T / W stretches, so low by about s · √(2 · ln(T / W)).
 *    The rise has to exceed three times the first two, taken together, plus the third.
 */
export function readingOf(run: ReadRun, commonest?: number): Reading {
  if (run.ending === 'diverged') return { kind: 'diverged' }
  if (run.history.length === 0 || severalLosses(run.history.at(-1))) return { kind: 'none' }
  const rows = run.rows.validation
  const began = dataSince(run)
  const points = run.history.filter(
    (p) => p.epoch > began && p.valLoss !== undefined && Number.isFinite(p.valLoss)
  )
  if (rows === 0 && points.length === 0) return { kind: 'nothingHeldBack' }
  const window = windowOf(points.length)
  const settled = run.epoch - began >= Math.min(SETTLING.most, SETTLING.share * run.epochs)
  if (points.length < ENOUGH || !settled || rows === 0) return { kind: 'none' }

  const loss = points.map((p) => p.valLoss!)
  const at = loss.indexOf(Math.min(...loss))
  const since = points[at]!.epoch
  const first = Math.max(0, Math.min(at - (window >> 1), points.length - window))
  const around = points.slice(first, first + window)
  const latest = points.slice(-window)
  const best = median(around.map((p) => p.valLoss!))
  const now = median(latest.map((p) => p.valLoss!))
  const rise = now - best
  const risen =
    points.length - 1 - at >= window &&
    latest.every((p) => p.valLoss! > best) &&
    rise > WORTH * best &&
    median(latest.map(trainLoss)) < median(around.map(trainLoss))
  const unclear = (why: Doubt): Reading => ({ kind: 'unclear', why, since, rows })
  if (rows < FEW_ROWS) return unclear('few')
  if (commonest !== undefined && !beatsGuessing(around, commonest, rows)) return unclear('unlearned')
  if (!risen) return { kind: 'learning' }
  return rise > chance(rise, latest, rows, points.length) ? { kind: 'overfitting', since } : unclear('chance')
}

/** Was accuracy above that of guessing by more than chance explains? */
function beatsGuessing(around: readonly EpochPoint[], guess: number, rows: number): boolean {
  const accuracy = around.flatMap((p) => (p.valAccuracy === undefined ? [] : [p.valAccuracy]))
  if (accuracy.length === 0) return true
  return median(accuracy) - guess > SIGMAS * Math.sqrt((guess * (1 - guess)) / rows)
}

function windowOf(evaluations: number): number {
  return Math.max(WINDOW.least, Math.min(WINDOW.most, Math.round(WINDOW.share * evaluations)))
}

/** The rise that chance explains. */
function chance(rise: number, latest: readonly EpochPoint[], rows: number, evaluations: number): number {
  const accuracy = median(latest.map((p) => p.valAccuracy ?? 0.5))
  const wrong = ((1 - accuracy) * rows + 1) / (rows + 2)
  const fromRows = rise * Math.sqrt((1 - wrong) / (wrong * rows))
  const steps = latest.slice(1).map((p, i) => p.valLoss! - latest[i]!.valLoss!)
  const centre = median(steps)
  const jitter = (1.4826 * median(steps.map((s) => Math.abs(s - centre)))) / Math.SQRT2
  const ofMedian = (MEDIAN * jitter) / Math.sqrt(latest.length)
  const luck = ofMedian * Math.sqrt(2 * Math.log(evaluations / latest.length))
  return SIGMAS * Math.hypot(fromRows, Math.SQRT2 * ofMedian) + luck
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The share of the commonest class among the validation rows; undefined where answers are no classes. */
export function commonestShare({ y, target, parts }: Dataset): number | undefined {
  if (target.classes === undefined || target.shape.length > 0 || !(y instanceof Int32Array)) return undefined
  const counts = new Array<number>(target.classes).fill(0)
  for (const row of parts.validation) counts[y[row]!]!++
  return parts.validation.length > 0 ? Math.max(...counts) / parts.validation.length : undefined
}
