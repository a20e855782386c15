import { f32x4, i32, v128, type Int, type Vec } from '../../wasm/instructions'
import type { Local } from '../../wasm/functionBuilder'
import { answersOf } from '../../spec'
import { told, yesFrom } from '../hits'
import { across } from '../lanes'
import { LOSS_TERMS } from '../lossTerms'
import { load, store, type Place } from '../place'
import { keptRows, overSteps, type Frame, type SequenceContext } from './context'
import type { Sums } from '../results'
import { exponentials, largestOf, overRow } from './rows'

const { add, div, eq, ge, mul, pmin, sub } = f32x4

/** What an example's answer is compared with. */
export interface Comparison {
  /** Where the right answer stands. */
  readonly target: Int
  /** How far it counts; undefined where slopes are not asked for. */
  readonly share: Local<'v128'> | undefined
}

/** One step's answer, the right one, and where its slopes go. */
interface Row {
  readonly value: Place
  readonly truth: Place
  readonly delta: Place
}

/**
 * Emits the loss of an example: adds it and its right answers to `sums`, and writes the slopes by the last layer's
 * answers (or sums), times the share.
 */
export function loss(
  context: SequenceContext,
  frame: Frame,
  { target, share }: Comparison,
  sums: Sums
): void {
  const { spec, layout } = context
  const layer = layout.layers.at(-1)!
  const { value, delta } = layout.buffers.at(-1)!
  const strips = [
    keptRows(frame.point, value, layer),
    { from: { pointer: target, offset: 0 }, stride: 4 * layer.units },
    keptRows(i32.const(0), delta, layer)
  ]
  const counted = answersOf(spec) === layer.kept
  overSteps(frame.f, { count: layer.kept, strips }, ([p, t, d]) => {
    const row = { value: p!, truth: t!, delta: d! }
    if (spec.loss.type === 'softmaxCrossEntropy') crossEntropy(context, frame, row, share, sums.loss)
    else addTerms(context, frame, row, share, sums.loss)
    if (counted) addHit(context, frame, row, sums.hits)
  })
}

function addTerms(
  { spec, layout }: SequenceContext,
  frame: Frame,
  { value, truth, delta }: Row,
  share: Local<'v128'> | undefined,
  sum: Local<'v128'>
): void {
  const { f, math } = frame
  const { units, kept } = layout.layers.at(-1)!
  const { loss: chosen } = spec
  if (chosen.type === 'softmaxCrossEntropy') throw new Error('Softmax cross-entropy has no terms of its own.')
  const { mean, terms } = LOSS_TERMS[chosen.type]
  // An average is over all numbers of one answer.
  const numbers = (units * kept) / answersOf(spec)
  const divided = (v: Vec): Vec => (mean && numbers > 1 ? mul(v, math.number(1 / numbers)) : v)
  overRow(frame, units, [value, truth, delta], ([p, t, d], real) => {
    const [term] = terms(math, [f.keep(load(p!))], [f.keep(load(t!))], chosen)
    f.set(sum, add(sum, real(divided(term!.loss))))
    if (share) store(f, d!, 0, real(mul(divided(term!.slope), share)))
  })
}

/** −Σ t · log softmax(z), with the slope softmax(z) − t. */
function crossEntropy(
  { layout }: SequenceContext,
  frame: Frame,
  { value, truth, delta }: Row,
  share: Local<'v128'> | undefined,
  sum: Local<'v128'>
): void {
  const { f, math } = frame
  const { units } = layout.layers.at(-1)!
  const { largest, total } = exponentials(frame, units, value, delta)
  const whole = f.keep(add(largest, math.log([total])[0]!))
  const part = share && f.keep(div(share, total))
  overRow(frame, units, [value, truth, delta], ([z, t, d], real) => {
    const own = f.keep(real(load(t!)))
    f.set(sum, add(sum, real(mul(own, sub(whole, load(z!))))))
    if (share && part) store(f, d!, 0, sub(mul(load(d!), part), mul(own, share)))
  })
}

/** Is the answer right? One output is, where it is on the target's side; several, where the largest one is. */
function addHit(context: SequenceContext, frame: Frame, { value, truth }: Row, hits: Local<'v128'>): void {
  const { f, math } = frame
  const layer = context.layout.layers.at(-1)!
  const one = f.constant('first place', () => f32x4.consts([1, 0, 0, 0]))
  const right = (): Vec => {
    if (layer.units > 1) {
      const answer = whereLargest(frame, layer.units, value, (v) => told(math, layer, v))
      return eq(answer, whereLargest(frame, layer.units, truth))
    }
    const yes = ge(told(math, layer, f.keep(load(value))), math.number(yesFrom(context)))
    return v128.not(v128.xor(yes, ge(load(truth), math.number(0.5))))
  }
  f.set(hits, add(hits, v128.and(right(), one)))
}

/** The place of a row's largest number, in all places of a vector; of equal ones that of the first. */
function whereLargest(
  frame: Frame,
  count: number,
  row: Place,
  read: (own: Vec) => Vec = (own) => own
): Local<'v128'> {
  const { f, math } = frame
  const largest = read(largestOf(frame, count, row))
  const nowhere = math.number(Infinity)
  const place = f.keep(f32x4.consts([0, 1, 2, 3]))
  const first = f.keep(nowhere)
  overRow(frame, count, [row], ([at], real) => {
    f.set(first, pmin(first, v128.select(place, nowhere, real(eq(read(f.keep(load(at!))), largest)))))
    f.set(place, add(place, math.number(4)))
  })
  return across(f, first, pmin)
}
