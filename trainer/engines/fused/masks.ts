import type { Document } from '@core/document/schema'
import { configOf } from '@core/graph/plan'
import { stepUniform } from '../step/random'
import type { Chain } from './chain'

/**
 * Dropout's factors for steps of these sizes, the first of which is number `first` of the run: 0 for a number that
 * rests, 1 / (1 − rate) for the others. For each row those of the first masked layer, then of the next one. The
 * random numbers are the same on all engines. Undefined where nothing rests.
 */
export function dropoutMasks(
  { layers, spec }: Chain,
  document: Document,
  first: number,
  sizes: Int32Array
): Float32Array | undefined {
  const widths = layers.map(({ dropout }, i) =>
    dropout === undefined ? 0 : i === 0 ? spec.inputs : spec.layers[i - 1]!.units
  )
  const width = widths.reduce((a, b) => a + b, 0)
  if (width === 0) return undefined
  const masks = new Float32Array(sizes.reduce((a, b) => a + b, 0) * width)
  let row = 0
  for (const [step, size] of sizes.entries()) {
    let column = 0
    for (const [i, { dropout }] of layers.entries()) {
      if (dropout === undefined) continue
      const own = widths[i]!
      // In float32, as the other engines have it.
      const rate = Math.fround(configOf(document, dropout)['rate'] as number)
      const kept = 1 / Math.fround(1 - rate)
      const uniform = stepUniform(document.training.seed, dropout, first + step)(size * own)
      for (const [k, u] of uniform.entries()) {
        const at = (row + Math.floor(k / own)) * width + column + (k % own)
        masks[at] = u >= rate ? kept : 0
      }
      column += own
    }
    row += size
  }
  return masks
}
