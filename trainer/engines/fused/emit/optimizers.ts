import { f32x4, type Vec } from '../wasm/instructions'
import type { Local } from '../wasm/functionBuilder'
import type { FusedOptimizer } from '../spec'
import type { VectorMath } from './math'

const { add, div, mul, neg, sqrt, sub } = f32x4

/** Four weights and what belongs to them. */
export interface FourWeights {
  readonly math: VectorMath
  readonly keep: (value: Vec) => Local<'v128'>
  readonly w: Vec
  /** The gradient. */
  readonly g: Vec
  readonly slots: readonly Vec[]
  /** The knobs (see `KNOBS`). */
  readonly rate: Vec
  readonly second: Vec
}

/** The next weights and slots. */
interface Next {
  readonly w: Vec
  readonly slots: readonly Vec[]
}

/** What each weight set that an optimizer remembers starts as, in the order of the registry's slots. */
export function slotStarts(optimizer: FusedOptimizer): readonly number[] {
  switch (optimizer.type) {
    case 'sgd':
      return optimizer.momentum > 0 ? [0] : []
    case 'previousGradient':
      return [0]
    case 'adagrad':
      return [optimizer.initialAccumulator + optimizer.epsilon]
    case 'rmsprop':
      return optimizer.centered ? [0, 0, 0] : [0, 0]
    case 'adam':
    case 'adamW':
      return [0, 0]
  }
}

/** The rules of `core/registry/optimizers`, for four weights at once. */
export function nextWeights(optimizer: FusedOptimizer, four: FourWeights): Next {
  const { math, keep, w, g, slots, rate, second } = four
  switch (optimizer.type) {
    case 'sgd': {
      const move = keep(neg(mul(g, rate)))
      if (optimizer.momentum === 0) return { w: add(w, move), slots: [] }
      const momentum = math.number(optimizer.momentum)
      const v = keep(add(mul(slots[0]!, momentum), move))
      return { w: add(w, optimizer.nesterov ? add(mul(v, momentum), move) : v), slots: [v] }
    }
    case 'previousGradient':
      return { w: sub(w, add(mul(g, rate), mul(slots[0]!, second))), slots: [g] }
    case 'adagrad': {
      const a = keep(add(slots[0]!, mul(g, g)))
      return { w: sub(w, div(mul(g, rate), sqrt(a))), slots: [a] }
    }
    case 'rmsprop':
      return rmsprop(optimizer, four)
    case 'adam':
    case 'adamW': {
      const m = keep(towards(four, slots[0]!, g, 1 - optimizer.beta1))
      const v = keep(towards(four, slots[1]!, mul(g, g), 1 - optimizer.beta2))
      const kept = optimizer.type === 'adamW' ? mul(w, second) : w
      const change = div(mul(m, rate), add(sqrt(v), math.number(optimizer.epsilon)))
      return { w: sub(kept, change), slots: [m, v] }
    }
  }
}

function rmsprop(
  { rho, momentum, centered, epsilon }: Extract<FusedOptimizer, { type: 'rmsprop' }>,
  four: FourWeights
): Next {
  const { math, keep, w, g, slots, rate } = four
  const [velocityBefore, stepBefore] = centered ? [slots[1]!, slots[2]!] : [slots[0]!, slots[1]!]
  const velocity = keep(towards(four, velocityBefore, mul(g, g), 1 - rho))
  const average = centered ? keep(towards(four, slots[0]!, g, 1 - rho)) : undefined
  const spread = average ? sub(velocity, mul(average, average)) : velocity
  const step = div(mul(g, rate), sqrt(add(spread, math.number(epsilon))))
  const next = keep(momentum > 0 ? add(mul(stepBefore, math.number(momentum)), step) : step)
  return { w: sub(w, next), slots: average ? [average, velocity, next] : [velocity, next] }
}

/** old + (goal − old) · share */
function towards({ math }: FourWeights, old: Vec, goal: Vec, share: number): Vec {
  return add(old, mul(sub(goal, old), math.number(share)))
}
