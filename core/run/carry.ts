import type { z } from 'zod'
import { sizeOf } from '../graph/signal'
import type { WeightSpec } from '../registry/define'
import type { Config, Part } from '../registry/fields'
import type { NamedTensor } from './checkpoint'
import type { carriedSchema } from './events'

/** A node as far as carrying over needs to know it. */
export interface CarriedNode {
  readonly id: string
  readonly type: string
  readonly config: Config
  /** Nodes in front, in the order of the input ports. */
  readonly inputs: readonly string[]
  /** Shape of one example of the output. */
  readonly shape: readonly number[]
  readonly weights: readonly WeightSpec[]
}

/** What became of a layer's weights: as they were, with more or fewer neurons, or begun anew. */
export type Carried = z.infer<typeof carriedSchema>

/** See `carryOver`. */
export interface CarriedState {
  readonly state: readonly NamedTensor[]
  /** By node, for those that have weights. */
  readonly layers: { readonly [nodeId: string]: Carried }
}

/**
 * The trained state of one network for another that grew out of it. Layers are told by their ids. A layer that fits
 * keeps its weights and what the optimizer remembers; a dense or convolution layer with more neurons keeps those it
 * has, and gets fresh ones that nobody listens to yet: their outgoing weights are zero, so the network still computes
 * the same function. A new dense layer as wide as its input begins as the identity where its activation allows that.
 *
 * `fresh` is the state the new network would start from, with the optimizer's tensors: whatever cannot be kept is
 * taken from it.
 */
export function carryOver(
  before: readonly CarriedNode[],
  after: readonly CarriedNode[],
  state: readonly NamedTensor[],
  fresh: readonly NamedTensor[]
): CarriedState {
  const old = new Map(before.map((node) => [node.id, node]))
  const known = new Map(state.map((t) => [t.name, t]))
  const origins = new Map<string, Origin>()
  const layers: Record<string, Carried> = {}
  const places = new Map<string, Places>()
  for (const node of after) {
    const input = origins.get(node.inputs[0] ?? '')
    const was = old.get(node.id)
    const found = placesOf(node, was?.type === node.type ? was : undefined, input)
    origins.set(node.id, originOf(node, was, origins))
    if (node.weights.length === 0) continue
    layers[node.id] = found.carried
    for (const { name } of node.weights) places.set(`${node.id}/${name}`, found)
  }
  return { layers, state: fresh.map((tensor) => carried(tensor, places, known, after)) }
}

/** The channels (the last axis) of a node's output: for each the one it was before, of so many; −1 where it is new. */
interface Channels {
  readonly from: readonly number[]
  readonly had: number
}
/** Undefined where nothing can be said. */
type Origin = Channels | undefined

/** Where the numbers of a layer's weights come from. */
interface Places {
  readonly carried: Carried
  readonly input: Origin
  readonly output: Origin
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
const whole = (n: number): Channels => ({ from: range(n), had: n })
const isWhole = (origin: Origin): boolean =>
  origin !== undefined && origin.had === origin.from.length && origin.from.every((from, i) => from === i)
/** The first channels are the old ones. */
const resized = (now: number, had: number): Channels => ({
  from: range(now).map((i) => (i < had ? i : -1)),
  had
})

/** Layers whose last two kernel axes are inputs and neurons. */
const GROWING = ['dense', 'conv1d', 'conv2d', 'timeDistributed']
/** Layers that keep the channels apart and in order. */
const PASSING =
  /^(activation|dropout|batchNormalization|layerNormalization|gaussianNoise|leakyRelu|prelu|softmax|threshold|rescaling|masking|.*[pP]ooling\dd|upSampling2d|add|multiply)$/

/** How the channels of a node's output are those of the network before. */
function originOf(
  node: CarriedNode,
  was: CarriedNode | undefined,
  origins: ReadonlyMap<string, Origin>
): Origin {
  const channels = node.shape.at(-1) ?? 0
  if (node.inputs.length === 0) return was?.shape.join() === node.shape.join() ? whole(channels) : undefined
  const inputs = node.inputs.map((id) => origins.get(id))
  if (GROWING.includes(node.type)) {
    if (was?.type !== node.type) return isIdentity(node) ? inputs[0] : undefined
    return resized(channels, was.shape.at(-1)!)
  }
  if (PASSING.test(node.type)) return inputs[0]
  if (node.type === 'flatten' && inputs[0]) {
    const { from, had } = inputs[0]
    const positions = channels / from.length
    // A picture is unrolled place by place, the channels of a place beside each other.
    return {
      from: range(channels).map((i) => {
        const channel = from[i % from.length]!
        return channel < 0 ? -1 : Math.floor(i / from.length) * had + channel
      }),
      had: positions * had
    }
  }
  if (node.type === 'concatenate') {
    let had = 0
    const from = inputs.flatMap((origin) => {
      const at = had
      had += origin?.had ?? 0
      return origin?.from.map((channel) => (channel < 0 ? -1 : at + channel)) ?? []
    })
    return inputs.every((origin) => origin !== undefined) ? { from, had } : undefined
  }
  return was && inputs.every(isWhole) ? whole(channels) : undefined
}

function placesOf(node: CarriedNode, was: CarriedNode | undefined, input: Origin): Places {
  const shapes = (n: CarriedNode): string => n.weights.map((w) => `${w.name} ${w.shape.join()}`).join('; ')
  const output = whole(node.shape.at(-1) ?? 0)
  if (was && shapes(was) === shapes(node) && isWhole(input)) return { carried: 'kept', input, output }
  const channelwise = node.weights.every(({ shape }) => shape.length === 1) && PASSING.test(node.type)
  if (was && input && channelwise) return { carried: 'grown', input, output: input }
  if (was && input && GROWING.includes(node.type))
    return { carried: 'grown', input, output: resized(node.shape.at(-1)!, was.shape.at(-1)!) }
  return { carried: 'fresh', input, output: undefined }
}

/** Can this layer pass its input on as it is? Only one that does not bend, or that bends what is never below 0. */
function isIdentity({ type, config, weights }: CarriedNode): boolean {
  const kernel = weights.find(({ name }) => name === 'kernel')
  const activation = (config['activation'] as Part | undefined)?.type
  return (
    type === 'dense' && activation === 'linear' && kernel !== undefined && kernel.shape[0] === kernel.shape[1]
  )
}

/** One tensor of the new state: node/weight, or node/weight/slot. */
function carried(
  tensor: NamedTensor,
  places: ReadonlyMap<string, Places>,
  known: ReadonlyMap<string, NamedTensor>,
  after: readonly CarriedNode[]
): NamedTensor {
  const [nodeId, weight, slot] = tensor.name.split('/') as [string, string, string?]
  const found = places.get(`${nodeId}/${weight}`)
  if (!found) return known.get(tensor.name) ?? tensor
  const before = known.get(tensor.name)
  if (!before || found.carried === 'fresh') {
    const node = after.find(({ id }) => id === nodeId)!
    return slot === undefined && found.carried === 'fresh' && isIdentity(node) ? identity(tensor) : tensor
  }
  if (found.carried === 'kept' && before.shape.join() === tensor.shape.join()) return before
  return grown(tensor, before, found, weight, slot === undefined)
}

function identity(tensor: NamedTensor): NamedTensor {
  const [rows, columns] = tensor.shape
  const values = new Float32Array(sizeOf(tensor.shape))
  if (columns !== undefined) for (let i = 0; i < rows!; i++) values[i * columns + i] = 1
  return { ...tensor, values }
}

/** The old numbers where there are some; new inputs weigh nothing yet; new neurons start fresh. */
function grown(
  tensor: NamedTensor,
  before: NamedTensor,
  { input, output }: Places,
  weight: string,
  isWeight: boolean
): NamedTensor {
  const values = tensor.values.slice()
  const outs = tensor.shape.at(-1)!
  const hadOuts = before.shape.at(-1)!
  if (weight !== 'kernel') {
    for (let o = 0; o < outs; o++) if (output!.from[o]! >= 0) values[o] = before.values[output!.from[o]!]!
    return { ...tensor, values }
  }
  const ins = tensor.shape.at(-2)!
  const hadIns = before.shape.at(-2)!
  for (let w = 0; w < sizeOf(tensor.shape.slice(0, -2)); w++)
    for (let i = 0; i < ins; i++)
      for (let o = 0; o < outs; o++) {
        const at = (w * ins + i) * outs + o
        const from = input!.from[i]!
        const to = output!.from[o]!
        if (from >= 0 && to >= 0) values[at] = before.values[(w * hadIns + from) * hadOuts + to]!
        else if (from < 0 && isWeight) values[at] = 0
      }
  return { ...tensor, values }
}
