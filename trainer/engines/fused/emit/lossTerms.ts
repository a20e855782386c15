import { f32x4, v128, type Vec } from '../wasm/instructions'
import type { FusedLoss } from '../spec'
import type { Tile, VectorMath } from './math'

const { abs, eq, ge, mul, neg, pmax, pmin, sub } = f32x4

/** What one output adds to the loss, and the slope by it. */
interface Term {
  readonly loss: Vec
  readonly slope: Vec
}

/** Losses that add up over outputs. `mean` ones are divided by their number. */
interface TermLoss {
  readonly mean: boolean
  /** For some vectors at once. p is the prediction, or the sum where the loss works from sums. */
  readonly terms: (math: VectorMath, p: Tile, t: Tile, loss: FusedLoss) => readonly Term[]
}

const single =
  (term: (math: VectorMath, p: Vec, t: Vec, loss: FusedLoss) => Term): TermLoss['terms'] =>
  (math, p, t, loss) =>
    p.map((v, g) => term(math, v, t[g]!, loss))

/** Softmax cross-entropy is missing: it works across outputs. */
export const LOSS_TERMS: { readonly [type in Exclude<FusedLoss['type'], 'softmaxCrossEntropy'>]: TermLoss } =
  {
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
