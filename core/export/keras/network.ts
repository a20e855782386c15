import { activations, constraints, initializers, regularizers } from '../../registry'
import type {
  KerasContext,
  KerasDialect,
  KerasLayer,
  KerasObject,
  KerasValue,
  LayerDefinition
} from '../../registry/define'
import type { Config, Part } from '../../registry/fields'
import { fail, ok, type Problem, type Result } from '../../result'
import type { PlannedNode } from '../../graph/plan'
import { answeringNode, computingNodes, type ExportModel } from '../model'
import { kerasOrder } from './order'

/** A weight of a layer of Keras. */
export interface KerasWeight {
  /** Of the project: node/weight. */
  readonly name: string
  /** Within the layer: kernel, cell/kernel. */
  readonly place: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** A layer of a network in Keras. */
export interface KerasNode {
  readonly name: string
  readonly layer: KerasLayer
  /** Names of the layers that it reads, in order; of the input, too. */
  readonly inputs: readonly string[]
  /** Of those, without the batch. */
  readonly shapes: readonly (readonly number[])[]
  readonly trainable: boolean
  /** Keras' own order: those that are trained first. */
  readonly weights: readonly KerasWeight[]
}

/** A network as Keras builds it. */
export interface KerasNetwork {
  readonly name: string
  readonly input: { readonly name: string; readonly shape: readonly number[] }
  /** In the order in which Keras lists them. */
  readonly nodes: readonly KerasNode[]
  readonly output: { readonly name: string; readonly shape: readonly number[] }
  /** One layer after the other. */
  readonly sequential: boolean
}

/** The network in this dialect, or a problem for each node that Keras has nothing for. */
export function kerasNetwork(model: ExportModel, dialect: KerasDialect): Result<KerasNetwork> {
  const { plan, title, name } = model
  const problems: Problem[] = []
  const nodes: KerasNode[] = []
  /** The layer of Keras that gives a node's answer. */
  const given = new Map([[plan.source.id, plan.source.id]])
  for (const node of computingNodes(model)) {
    const made = kerasNodes(model, node, dialect, (id) => given.get(id)!)
    if (!made.ok) problems.push(...made.problems)
    else nodes.push(...made.value)
    given.set(node.id, made.ok ? made.value.at(-1)!.name : node.id)
  }
  if (problems.length > 0) return fail(...problems)
  const output = given.get(answeringNode(model))!
  const ordered = kerasOrder(nodes, output)
  if (ordered.length === 0)
    return fail({
      code: 'export',
      message: `${title} has no layer: its answer is what goes in.`,
      detail: 'Add a layer first.'
    })
  return ok({
    name: name.replaceAll('-', '_'),
    input: { name: plan.source.id, shape: plan.source.shape },
    nodes: ordered,
    output: { name: output, shape: plan.prediction },
    sequential:
      ordered.every(({ inputs }) => inputs.length === 1) &&
      ordered.every(({ inputs }, i) => inputs[0] === (ordered[i - 1]?.name ?? plan.source.id))
  })
}

/** A node as a layer of Keras, and a second one where its activation is a layer there. */
function kerasNodes(
  { plan, configs, values }: ExportModel,
  node: PlannedNode,
  dialect: KerasDialect,
  nameOf: (nodeId: string) => string
): Result<readonly KerasNode[]> {
  const { id, layer, frozen, weights } = node
  const ports = layer.inputs.filter((port) => node.inputs[port.id])
  const shapes = ports.map((port) => {
    const signal = node.signals[port.id]
    return signal?.kind === 'numbers' ? signal.shape : []
  })
  const found = kerasLayers(layer, configs[id]!, shapes, dialect)
  if ('why' in found)
    return fail({
      code: 'export',
      nodeId: id,
      message: `${layer.title} ${found.why}.`,
      detail: dialect === 'tfjs' ? 'Keras or ONNX may hold it.' : 'ONNX may hold it.'
    })
  const { made, behind } = found
  const { place = (weight: string) => weight } = made
  const own: KerasNode = {
    name: id,
    layer: made,
    inputs: ports.map((port) => nameOf(node.inputs[port.id]!.node)),
    shapes,
    trainable: !frozen,
    weights: [
      ...weights.map(({ name, spec }) => ({
        name,
        place: place(spec.name),
        shape: spec.shape,
        values: values.get(name)!
      })),
      ...(made.also ?? []).map((weight) => ({ name: `${id}/${weight.place}`, ...weight }))
    ]
  }
  if (!behind) return ok([own])
  const name = freshName(`${id}_activation`, plan.nodes)
  return ok([own, { name, layer: behind, inputs: [id], shapes: [node.shape], trainable: true, weights: [] }])
}

/** A layer with these settings in Keras, and one behind it where its activation is a layer there; or why it is not to be had. */
export function kerasLayers(
  layer: LayerDefinition,
  config: Config,
  shapes: readonly (readonly number[])[],
  dialect: KerasDialect
): { readonly made: KerasLayer; readonly behind?: KerasLayer | undefined } | { readonly why: string } {
  let behind: KerasLayer | undefined
  try {
    const context = contextOf(dialect, config, shapes, (last) => (behind = last))
    const made = (layer.keras ?? (() => context.refuse('has nothing that is like it in Keras')))(context)
    return { made, behind }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { why: error.message }
  }
}

/** Why a layer cannot be had, as the end of a sentence that begins with the layer. */
class Refusal extends Error {}

function contextOf(
  dialect: KerasDialect,
  config: KerasContext['config'],
  shapes: KerasContext['shapes'],
  putBehind: (layer: KerasLayer) => void
): KerasContext {
  const refuse = (why: string): never => {
    throw new Refusal(why)
  }
  const named = ({ type, config: settings }: Part): string | KerasLayer => {
    const { keras, title } = activations[type]!
    return keras?.(settings, dialect) ?? refuse(`has the activation ${title}, which Keras lacks`)
  }
  const object = (module: KerasObject['module'], found: { class: string; config: object }): KerasObject => ({
    module,
    class: found.class,
    config: found.config as KerasObject['config']
  })
  return {
    dialect,
    config,
    shapes,
    refuse,
    initializer: ({ type, config: settings }, axes = 2) =>
      // Keras has no right angles between numbers of one row. The trained ones take their place anyway.
      axes < 2 && type === 'orthogonal'
        ? object('initializers', initializers['zeros']!.keras({}, dialect))
        : object('initializers', initializers[type]!.keras(settings, dialect)),
    regularizer: ({ type, config: settings }) => {
      const { l1, l2 } = regularizers[type]!.rates(settings)
      return l1 === 0 && l2 === 0 ? null : object('regularizers', { class: 'L1L2', config: { l1, l2 } })
    },
    constraint: ({ type, config: settings }, axes): KerasValue => {
      const found = constraints[type]!.keras?.(settings, axes)
      return found ? object('constraints', found) : null
    },
    activation: (part) => {
      const found = named(part)
      return typeof found === 'string'
        ? found
        : refuse(`has the activation ${activations[part.type]!.title}, which Keras has as a layer only`)
    },
    endsWith: (part) => {
      const found = named(part)
      if (typeof found === 'string') return found
      putBehind(found)
      return 'linear'
    }
  }
}

function freshName(wanted: string, nodes: readonly PlannedNode[]): string {
  let name = wanted
  for (let n = 2; nodes.some(({ id }) => id === name); n++) name = `${wanted}${n}`
  return name
}

/** Is it an object of Keras, and no list? */
export function isKerasObject(value: KerasValue): value is KerasObject {
  return typeof value === 'object' && value !== null && 'class' in value
}
