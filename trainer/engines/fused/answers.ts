import type { Activations } from '../engine'
import type { Chain } from './chain'
import type { FusedNetwork, LayerWeights } from './network'

/** Which answers are asked for. */
interface AnswerRequest {
  /** [count, inputs] */
  readonly points: Float32Array
  readonly unitLimit: number
  readonly weights: readonly LayerWeights[] | undefined
}

/** What each node of a chain answers to points, at most `unitLimit` units of each. */
export function nodeAnswers(
  { answers, spec }: Chain,
  network: FusedNetwork,
  { points, unitLimit, weights }: AnswerRequest
): { [nodeId: string]: Activations } {
  const maps = network.maps(points, weights)
  const count = points.length / spec.inputs
  const shown = (width: number): number => Math.min(unitLimit, width)
  const found: { [nodeId: string]: Activations } = {}
  const given = byUnit(points, spec.inputs, count)
  for (const { nodeId, layer, sums } of answers) {
    if (layer < 0) found[nodeId] = firstUnits(given, shown(spec.inputs), count)
    else if (!sums) found[nodeId] = firstUnits(maps[layer]!, shown(spec.layers[layer]!.units), count)
    else {
      const { units: width } = spec.layers[layer]!
      const own = weights?.[layer] ?? network.weights(layer)
      const units = shown(width)
      found[nodeId] = { units, values: sumsOf(maps[layer - 1] ?? given, own, width, count, units) }
    }
  }
  return found
}

/** The sums of a layer's first units [units, count] from what comes in [inputs, count]. */
function sumsOf(
  before: Float32Array,
  { kernel, bias }: LayerWeights,
  width: number,
  count: number,
  units: number
): Float32Array {
  const sums = new Float32Array(units * count)
  for (let unit = 0; unit < units; unit++) {
    const own = sums.subarray(unit * count, (unit + 1) * count).fill(bias[unit] ?? 0)
    for (let input = 0; input < before.length / count; input++) {
      const w = kernel[input * width + unit]!
      for (let i = 0; i < count; i++) own[i]! += w * before[input * count + i]!
    }
  }
  return sums
}

/** [count, units] → [units, count] */
function byUnit(values: Float32Array, units: number, count: number): Float32Array {
  const map = new Float32Array(values.length)
  for (let i = 0; i < count; i++)
    for (let unit = 0; unit < units; unit++) map[unit * count + i] = values[i * units + unit]!
  return map
}

/** The first units of a map [width, count]; a copy where there are more, so that nobody holds on to the rest. */
function firstUnits(map: Float32Array, units: number, count: number): Activations {
  return { units, values: units * count < map.length ? map.slice(0, units * count) : map }
}
