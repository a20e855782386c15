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
  const found: { [nodeId: string]: Activations } = {}
  const given: Activations = firstUnits(points, spec.inputs, count, Math.min(unitLimit, spec.inputs))
  const turned = maps.map((map, i) => byExample(map, count, Math.min(unitLimit, spec.layers[i]!.units)))
  for (const { nodeId, layer, sums } of answers) {
    if (layer < 0) found[nodeId] = given
    else if (!sums) found[nodeId] = turned[layer]!
    else {
      const units = Math.min(unitLimit, spec.layers[layer]!.units)
      const before = layer === 0 ? byUnit(points, spec.inputs, count) : maps[layer - 1]!
      const own = weights?.[layer] ?? network.weights(layer)
      found[nodeId] = byExample(sumsOf(before, own, spec.layers[layer]!.units, count, units), count, units)
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

/** [units, count] → [count, units], the first units of it. */
function byExample(map: Float32Array, count: number, units: number): Activations {
  const values = new Float32Array(units * count)
  for (let unit = 0; unit < units; unit++)
    for (let i = 0; i < count; i++) values[i * units + unit] = map[unit * count + i]!
  return { units, values }
}

/** [count, units] → [units, count] */
function byUnit(values: Float32Array, units: number, count: number): Float32Array {
  const map = new Float32Array(values.length)
  for (let i = 0; i < count; i++)
    for (let unit = 0; unit < units; unit++) map[unit * count + i] = values[i * units + unit]!
  return map
}

/** [count, width] → [count, units] */
function firstUnits(values: Float32Array, width: number, count: number, units: number): Activations {
  if (units === width) return { units, values: values.slice() }
  const found = new Float32Array(units * count)
  for (let i = 0; i < count; i++) found.set(values.subarray(i * width, i * width + units), i * units)
  return { units, values: found }
}
