import type { LargeOps, Tensor } from '../../registry/define'
import type { RecurrentAttributes } from './program'
import type { Recorder } from './recorder'

/** Has a format one operation for this recurrent layer? One with steps that do not count never is. */
export type KeepsWhole = (layer: RecurrentAttributes) => boolean

/** Recurrent layers: whole where the format has them, step by step where it does not. */
export function recordedSequence(recorder: Recorder, keepsWhole: KeepsWhole): Pick<LargeOps, 'sequence'> {
  return {
    sequence: ({ x, mask, cell, config, weights, backwards }, walk): Tensor => {
      const { kernel, recurrent_kernel: recurrent, bias } = weights
      const { units, returnSequences: sequences } = config
      const attributes: RecurrentAttributes = {
        cell,
        units,
        activation: config.activation.type,
        gate: config.recurrentActivation?.type,
        resetAfter: cell === 'gru' && config.resetAfter !== false,
        bias: bias !== undefined,
        backwards,
        sequences
      }
      if (mask || !keepsWhole(attributes)) return walk()
      const [batch, steps] = x.shape as [number, number]
      const shape = sequences ? [batch, steps, units] : [batch, units]
      const inputs = [x, kernel!, recurrent!, ...(bias ? [bias] : [])]
      return recorder.step('recurrent', inputs, attributes, shape)
    }
  }
}
