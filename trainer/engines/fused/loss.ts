import type { Part } from '@core/registry/fields'
import type { FusedActivation, FusedLayer, FusedLoss } from './spec'

/** Losses that look behind the last activation. A recurrent layer goes on with what comes out of it. */
const BEHIND: readonly string[] = ['crossEntropy', 'binaryCrossentropy', 'perceptron']

/**
 * A loss of the registry for answers of a last layer, so many numbers each; undefined where there is no fused code for
 * the two.
 */
export function fusedLoss(
  { type, config }: Part,
  { activation: last, recurrent }: FusedLayer,
  outputs: number
): FusedLoss | undefined {
  // All answers smoothed away: nobody could be told right from wrong.
  if (config['labelSmoothing'] === 1) return undefined
  const fromSums = (activation: FusedActivation): boolean =>
    last === activation || (last === 'linear' && config['fromLogits'] === true)
  if (recurrent && BEHIND.includes(type)) return undefined
  switch (type) {
    case 'crossEntropy':
      if (outputs > 1) return fromSums('softmax') ? { type: 'softmaxCrossEntropy' } : undefined
      return fromSums('sigmoid') ? { type: 'sigmoidCrossEntropy' } : undefined
    case 'binaryCrossentropy':
      return fromSums('sigmoid') ? { type: 'sigmoidCrossEntropy' } : undefined
    case 'huber':
      return { type, delta: config['delta'] as number }
    case 'meanSquaredError':
    case 'meanAbsoluteError':
    case 'sumOfSquares':
    case 'halfSquaredError':
    case 'hinge':
    case 'perceptron':
      return { type }
    default:
      return undefined
  }
}

/** Targets with a share of each spread over all answers, in place: as the registry's losses do it. */
export function smooth(targets: Float32Array, { type, config }: Part, outputs: number): void {
  const smoothing = (config['labelSmoothing'] as number | undefined) ?? 0
  if (smoothing === 0) return
  const choices = type === 'crossEntropy' && outputs > 1 ? outputs : 2
  for (const [i, t] of targets.entries()) targets[i] = t * (1 - smoothing) + smoothing / choices
}
