import { f32x4, v128, type Vec } from '../wasm/instructions'
import { VECTOR } from '../layout'
import type { Local } from '../wasm/functionBuilder'
import { outputsOf, type FusedLoss } from '../spec'
import { start, type Context, type Frame } from './context'
import type { Tile, VectorMath } from './math'
import { load } from './product'
import { exponentials, overUnits, perGroup, store } from './softmax'

const { abs, add, div, eq, ge, lt, mul, neg, pmax, pmin, sub } = f32x4

/** What one output adds to the loss, and the slope by it. */
interface Term {
  readonly loss: Vec
  readonly slope: Vec
}

/** Losses that add up over outputs. `mean` ones are divided by their number. */
interface TermLoss {
  readonly mean: boolean
  /** For some groups at once. p is the prediction, or the sum where the loss works from sums. */
  readonly terms: (math: VectorMath, p: Tile, t: Tile, loss: FusedLoss) => readonly Term[]
}

const single =
  (term: (math: VectorMath, p: Vec, t: Vec, loss: FusedLoss) => Term): TermLoss['terms'] =>
  (math, p, t, loss) =>
    p.map((v, g) => term(math, v, t[g]!, loss))

const TERMS: { readonly [type in Exclude<FusedLoss['type'], 'softmaxCrossEntropy'>]: TermLoss } = {
  // softplus(z) − t·z, with the slope sigmoid(z) − t.
  sigmoidCrossEntropy: {
    mean: true,
    terms: (math, z, t) => {
      const { value, slope } = math.softplus(z)
      return z.map((v, g) => ({ loss: sub(value[g]!, mul(t[g]!, v)), slope: sub(slope[g]!, t[g]!) }))
    }
  },
  meanSquaredError: { mean: true, terms: single((math, p, t) => squares(math, sub(p, t), 1)) },
  sumOfSquares: { mean: false, terms: single((math, p, t) => squares(math, sub(p, t), 1)) },
  halfSquaredError: { mean: false, terms: single((math, p, t) => squares(math, sub(p, t), 0.5)) },
  meanAbsoluteError: {
    mean: true,
    terms: single((math, p, t) => ({ loss: abs(sub(p, t)), slope: math.sign(sub(p, t)) }))
  },
  huber: {
    mean: true,
    // With c = e cut off at ±δ both pieces are c · (e − c / 2), and the slope is c.
    terms: single((math, p, t, loss) => {
      const delta = 'delta' in loss ? loss.delta : 1
      const cut = pmax(pmin(sub(p, t), math.number(delta)), math.number(-delta))
      return { loss: mul(cut, sub(sub(p, t), mul(cut, math.number(0.5)))), slope: cut }
    })
  },
  hinge: {
    mean: true,
    terms: single((math, p, t) => {
      const side = sub(t, v128.and(eq(t, math.number(0)), math.number(1)))
      const miss = sub(math.number(1), mul(side, p))
      return { loss: pmax(miss, math.number(0)), slope: v128.and(neg(side), ge(miss, math.number(0))) }
    })
  },
  perceptron: {
    mean: false,
    terms: single((math, z, t) => {
      const error = sub(v128.and(ge(z, math.number(0)), math.number(1)), t)
      return { loss: abs(error), slope: error }
    })
  }
}

function squares(math: VectorMath, error: Vec, factor: number): Term {
  return { loss: mul(mul(error, error), math.number(factor)), slope: mul(error, math.number(2 * factor)) }
}

/** What a chunk adds up, one sum a place of the vector. */
export interface Sums {
  readonly loss: Local<'v128'>
  readonly hits: Local<'v128'>
}

/**
 * Emits the loss for the examples of a frame: adds the losses and right answers of those with a share to `sums`, and
 * writes the slopes by the last layer's answers (or sums), times each example's share, where `learn`.
 */
export function loss(context: Context, frame: Frame, sums: Sums, learn: boolean): void {
  const { spec, layout } = context
  const { f, math } = frame
  const outputs = outputsOf(spec)
  const last = layout.chunk.at(-1)!
  const stride = last.value.stride
  const value = { from: start(frame.group, last.value), stride }
  const delta = { from: start(frame.group, last.delta), stride }
  const target = { from: start(frame.gathered, layout.gathered.targets), stride }
  f.scope(() => {
    const share = perGroup(context, frame, (g) =>
      load(start(frame.gathered, layout.gathered.share), VECTOR * g)
    )
    // Rows that only fill up a group have no share.
    const real = math.each(share, (s) => f32x4.ne(s, math.number(0)))
    const count = (sum: Local<'v128'>, amount: Vec, g: number): void =>
      f.set(sum, add(sum, v128.and(amount, real[g]!)))

    if (spec.loss.type === 'softmaxCrossEntropy') {
      const { largest, total } = exponentials(context, frame, outputs, stride, value.from, delta.from)
      const rest = math.log(total)
      const whole = math.each(largest, (m, g) => add(m, rest[g]!))
      const part = math.each(total, (s, g) => div(share[g]!, s))
      overUnits(frame, outputs, [value, delta, target], ([z, d, t]) => {
        whole.forEach((sum, g) => {
          const own = f.keep(load(t!, VECTOR * g))
          count(sums.loss, mul(own, sub(sum, load(z!, VECTOR * g))), g)
          if (learn) store(frame, d!, g, sub(mul(load(d!, VECTOR * g), part[g]!), mul(own, share[g]!)))
        })
      })
    } else {
      const { mean, terms } = TERMS[spec.loss.type]
      const divided = (v: Vec): Vec => (mean && outputs > 1 ? mul(v, math.number(1 / outputs)) : v)
      overUnits(frame, outputs, [value, delta, target], ([p, d, t]) => {
        const own = perGroup(context, frame, (g) => load(p!, VECTOR * g))
        const truth = perGroup(context, frame, (g) => load(t!, VECTOR * g))
        terms(math, own, truth, spec.loss).forEach((term, g) => {
          count(sums.loss, divided(term.loss), g)
          if (learn) store(frame, d!, g, mul(divided(term.slope), share[g]!))
        })
      })
    }
    const right = outputs === 1 ? rightYes(context, frame) : rightLargest(context, frame)
    right.forEach((mask, g) => count(sums.hits, v128.and(mask, math.number(1)), g))
  })
}

/** One output: is the answer on the target's side? */
function rightYes(context: Context, frame: Frame): Tile {
  const { spec, layout } = context
  const { f, math } = frame
  return perGroup(context, frame, (g) => {
    const own = f.keep(load(start(frame.group, layout.chunk.at(-1)!.value), VECTOR * g))
    const yes = ge(told(context, frame, own), math.number(cutOf(context)))
    const truth = ge(load(start(frame.gathered, layout.gathered.targets), VECTOR * g), math.number(0.5))
    return v128.not(v128.xor(yes, truth))
  })

  /** Where yes begins. A sigmoid that is left to the loss is looked at by its sum. */
  function cutOf({ layout: { layers } }: Context): number {
    const cut = spec.threshold ?? 0.5
    const { activation, behindLoss } = layers.at(-1)!
    return behindLoss && activation === 'sigmoid' ? Math.log(cut / (1 - cut)) : cut
  }
}

/** The answer that belongs to what the last layer has left, where that matters for who is largest. */
function told({ layout }: Context, { math }: Frame, own: Vec): Vec {
  const { activation, behindLoss } = layout.layers.at(-1)!
  return behindLoss && activation === 'step' ? v128.and(ge(own, math.number(0)), math.number(1)) : own
}

/** Several outputs: is the largest answer where the largest target is? Of equal ones the first counts. */
function rightLargest(context: Context, frame: Frame): Tile {
  const { spec, layout } = context
  const { f, math } = frame
  const { value } = layout.chunk.at(-1)!
  const { targets } = layout.gathered
  const places = [
    { from: start(frame.group, value), stride: value.stride },
    { from: start(frame.gathered, targets), stride: targets.stride }
  ]
  // One tile of answers, one of targets.
  const largest = places.map(() => perGroup(context, frame, () => math.number(-Infinity)))
  const where = places.map(() => perGroup(context, frame, () => math.number(0)))
  const unit = f.keep(math.number(0))
  overUnits(frame, outputsOf(spec), places, (at) => {
    for (const [i, place] of at.entries())
      for (const [g, best] of largest[i]!.entries()) {
        const number = f.keep(load(place, VECTOR * g))
        const own = f.keep(i === 0 ? told(context, frame, number) : number)
        const larger = f.keep(lt(best, own))
        f.set(best, v128.select(own, best, larger))
        f.set(where[i]![g]!, v128.select(unit, where[i]![g]!, larger))
      }
    f.set(unit, add(unit, math.number(1)))
  })
  return where[0]!.map((own, g) => f.keep(eq(own, where[1]![g]!)))
}
