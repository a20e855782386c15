import { f32x4, v128, type Vec } from '../wasm/instructions'
import type { SizedLayer } from '../spec'
import type { Context } from './context'
import type { VectorMath } from './math'

/** From which number up a single output says yes. A sigmoid that is left to the loss is looked at by its sum. */
export function yesFrom({ spec, layout: { layers } }: Context): number {
  const cut = spec.threshold ?? 0.5
  const { activation, behindLoss } = layers.at(-1)!
  return behindLoss && activation === 'sigmoid' ? Math.log(cut / (1 - cut)) : cut
}

/** The answer that belongs to what the last layer has left, where that matters for who is largest. */
export function told(math: VectorMath, { activation, behindLoss }: SizedLayer, own: Vec): Vec {
  return behindLoss && activation === 'step' ? v128.and(f32x4.ge(own, math.number(0)), math.number(1)) : own
}
