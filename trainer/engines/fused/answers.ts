import type { Activations } from '../engine'
import type { Chain } from './chain'
import type { FusedNetwork, LayerWeights } from './network'
import { inputsOf, sizedLayers } from './spec'

/** Which answers are asked for. */
interface AnswerRequest {
  /** [count, inputs] */
  readonly points: Float32Array
  readonly unitLimit: number
  readonly weights: readonly LayerWeights[] | undefined
}

/** What each node of a chain answers to points, at most `unitLimit` numbers of each. */
export function nodeAnswers(
  { answers, spec }: Chain,
  network: FusedNetwork,
  { points, unitLimit, weights }: AnswerRequest
): { [nodeId: string]: Activations } {
  const maps = network.maps(points, weights)
  const layers = sizedLayers(spec)
  const width = inputsOf(spec)
  const count = points.length / width
  const found: { [nodeId: string]: Activations } = {}
  const given = byUnit(points, width, count)
  for (const { nodeId, layer, sums, times = 1 } of answers) {
    const map = layer < 0 ? repeated(given, times) : maps[layer]!
    const units = Math.min(unitLimit, map.length / count)
    if (!sums) found[nodeId] = firstUnits(map, units, count)
    else {
      const own = weights?.[layer] ?? network.weights(layer)
      found[nodeId] = { units, values: sumsOf(maps[layer - 1] ?? given, own, layers[layer]!, count, units) }
    }
  }
  return found
}

/** The first sums of a layer, step by step, [sums, count] from what comes in, [steps · inputs, count]. */
function sumsOf(
  before: Float32Array,
  { kernel, bias }: LayerWeights,
  { inputs, units: width }: { readonly inputs: number; readonly units: number },
  count: number,
  wanted: number
): Float32Array {
  const sums = new Float32Array(wanted * count)
  for (let k = 0; k < wanted; k++) {
    const [step, unit] = [Math.floor(k / width), k % width]
    const own = sums.subarray(k * count, (k + 1) * count).fill(bias[unit] ?? 0)
    for (let input = 0; input < inputs; input++) {
      const w = kernel[input * width + unit]!
      const from = (step * inputs + input) * count
      for (let i = 0; i < count; i++) own[i]! += w * before[from + i]!
    }
  }
  return sums
}

/** A map several times, one after the other. */
function repeated(map: Float32Array, times: number): Float32Array {
  if (times === 1) return map
  const all = new Float32Array(times * map.length)
  for (let i = 0; i < times; i++) all.set(map, i * map.length)
  return all
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
