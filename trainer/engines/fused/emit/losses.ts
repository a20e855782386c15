import { f32x4, v128, type Vec } from '../wasm/instructions'
import { VECTOR } from '../layout'
import type { Local } from '../wasm/functionBuilder'
import { outputsOf, type FusedLoss } from '../spec'
import { start, type Context, type Frame } from './context'
import type { Tile, VectorMath } from './math'
import { load } from './product'
import { exponentials, overUnits, perGroup, store } from './softmax'

const { abs, add, div, eq, ge, gt, lt, mul, neg, pmax, pmin, sub } = f32x4

/** What one output adds to the loss, and the slope by it. */
interface Term {
  readonly loss: Vec
  readonly slope: Vec
}

/** Losses that add up over outputs. `mean` ones are divided by their number. */
interface TermLoss {
  readonly mean: boolean
  /** For some groups at once. p is the prediction, or the sum where the loss works from sums. */
  readonly terms: (math: VectorMath, p: Tile, t: Tile) => readonly Term[]
}

const single =
  (term: (math: VectorMath, p: Local<'v128'>, t: Local<'v128'>) => Term): TermLoss['terms'] =>
  (math, p, t) =>
    p.map((v, g) => term(math, v, t[g]!))

const TERMS: { readonly [type in Exclude<FusedLoss, 'softmaxCrossEntropy'>]: TermLoss } = {
  // softplus(z) − t·z, with the slope sigmoid(z) − t.
  sigmoidCrossEntropy: {
    mean: true,
    terms: (math, z, t) => {
      const { value, slope } = math.softplus(z)
      return z.map((v, g) => ({ loss: sub(value[g]!, mul(t[g]!, v)), slope: sub(slope[g]!, t[g]!) }))
    }
  },
  squaredError: { mean: true, terms: single((math, p, t) => squares(math, sub(p, t), 1)) },
  sumOfSquares: { mean: false, terms: single((math, p, t) => squares(math, sub(p, t), 1)) },
  halfSquares: { mean: false, terms: single((math, p, t) => squares(math, sub(p, t), 0.5)) },
  absoluteError: {
    mean: true,
    terms: single((math, p, t) => ({ loss: abs(sub(p, t)), slope: math.sign(sub(p, t)) }))
  },
  huber: {
    mean: true,
    // With c = e cut off at ±1 both pieces are c · (e − c / 2), and the slope is c.
    terms: single((math, p, t) => {
      const c = pmax(pmin(sub(p, t), math.number(1)), math.number(-1))
      return { loss: mul(c, sub(sub(p, t), mul(c, math.number(0.5)))), slope: c }
    })
  },
  logCosh: {
    mean: true,
    // log cosh e = |e| + log(1 + exp(−2|e|)) − log 2, with the slope tanh e.
    terms: (math, p, t) => {
      const e = math.each(p, (v, g) => sub(v, t[g]!))
      const rest = math.log1p(math.exp(math.each(e, (v) => mul(abs(v), math.number(-2)))))
      const slope = math.tanh(e)
      return e.map((v, g) => ({
        loss: sub(add(abs(v), rest[g]!), math.number(Math.LN2)),
        slope: slope[g]!
      }))
    }
  },
  hinge: {
    mean: true,
    terms: single((math, p, t) => {
      const miss = sub(math.number(1), mul(t, p))
      return { loss: pmax(miss, math.number(0)), slope: v128.and(neg(t), gt(miss, math.number(0))) }
    })
  },
  squaredHinge: {
    mean: true,
    terms: single((math, p, t) => {
      const miss = pmax(sub(math.number(1), mul(t, p)), math.number(0))
      return { loss: mul(miss, miss), slope: mul(mul(t, math.number(-2)), miss) }
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

    if (spec.loss === 'softmaxCrossEntropy') {
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
      const { mean, terms } = TERMS[spec.loss]
      const divided = (v: Vec): Vec => (mean && outputs > 1 ? mul(v, math.number(1 / outputs)) : v)
      overUnits(frame, outputs, [value, delta, target], ([p, d, t]) => {
        const own = perGroup(context, frame, (g) => load(p!, VECTOR * g))
        const truth = perGroup(context, frame, (g) => load(t!, VECTOR * g))
        terms(math, own, truth).forEach((term, g) => {
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
  const { math } = frame
  const last = layout.layers.at(-1)!
  // A sigmoid is left to the loss, which works from the sums.
  const threshold =
    last.behindLoss && last.activation === 'sigmoid' ? logit(spec.threshold ?? 0.5) : (spec.threshold ?? 0.5)
  return perGroup(context, frame, (g) => {
    const yes = ge(load(start(frame.group, layout.chunk.at(-1)!.value), VECTOR * g), math.number(threshold))
    const truth = ge(load(start(frame.gathered, layout.gathered.targets), VECTOR * g), math.number(0.5))
    return eqMask(yes, truth)
  })
}

/** Several outputs: is the largest answer where the largest target is? Of equal ones the first counts. */
function rightLargest(context: Context, frame: Frame): Tile {
  const { spec, layout } = context
  const { f, math } = frame
  const places = [
    { from: start(frame.group, layout.chunk.at(-1)!.value), stride: layout.chunk.at(-1)!.value.stride },
    { from: start(frame.gathered, layout.gathered.targets), stride: layout.gathered.targets.stride }
  ]
  const best = places.map(({ from }) => perGroup(context, frame, (g) => load(from, VECTOR * g)))
  const where = places.map(() => perGroup(context, frame, () => f32x4.const(0)))
  const unit = f.keep(f32x4.const(0))
  overUnits(frame, outputsOf(spec), places, (at) => {
    at.forEach((place, i) =>
      best[i]!.forEach((largest, g) => {
        const own = f.keep(load(place, VECTOR * g))
        const larger = f.keep(lt(largest, own))
        f.set(largest, v128.select(own, largest, larger))
        f.set(where[i]![g]!, v128.select(unit, where[i]![g]!, larger))
      })
    )
    f.set(unit, add(unit, math.number(1)))
  })
  return where[0]!.map((own, g) => f.keep(eq(own, where[1]![g]!)))
}

/** All ones where two masks are alike. */
function eqMask(a: Vec, b: Vec): Vec {
  return v128.not(v128.xor(a, b))
}

const logit = (p: number): number => Math.log(p / (1 - p))
