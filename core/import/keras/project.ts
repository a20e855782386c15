import type { Document, Edge, NetworkNode } from '../../document/schema'
import { kerasLayers } from '../../export/keras/network'
import { snakeCase } from '../../export/keras/keras3'
import { derive, type Derivation } from '../../graph/derive'
import { tidyPlaces } from '../../graph/tidy'
import { applyEdit } from '../../document/edits'
import { layers } from '../../registry'
import { fullConfig } from '../../registry/complete'
import type { Config, Part } from '../../registry/fields'
import { fail, ok, type Problem, type Result } from '../../result'
import type { NamedTensor } from '../../run/checkpoint'
import { structureKey } from '../../run/structure'
import { untrained } from '../data'
import type { BroughtIn, ModelFile } from '../model'
import { goalOf } from './goal'
import { readLayer } from './layers'
import { readTopology, type GivenLayer, type GivenNetwork } from './topology'
import { hasNumbers, weightsOf } from './weights'

/** What stands for any length: enough steps to see something, few enough to be quick. */
const OPEN_STEPS = 32

/** A model of Keras or TensorFlow.js as a project: its network with what it has learned, on numbers of its shape. */
export function bringInKeras(file: ModelFile): Result<BroughtIn> {
  const topology = readTopology(file.topology)
  if (!topology.ok) return topology
  const given = topology.value
  if (given.input.shape.length > 3)
    return fail({
      code: 'model',
      message: `This model takes examples with ${given.input.shape.length} axes.`,
      detail: 'Netloom has rows, sequences and pictures, which have up to three.'
    })
  const shape = given.input.shape.map((size) => size ?? OPEN_STEPS)
  const drawn = draw(given, shape, file)
  const { document, derivation } = projectOf(file, given, shape, drawn)
  const notes = [
    ...(given.input.shape.includes(null)
      ? [`The model takes any length; here it is given ${OPEN_STEPS}.`]
      : []),
    ...(drawn.lost.length > 0
      ? [
          `What holds weights while they learn is lost where Netloom has nothing of the kind: ${drawn.lost.join(', ')}.`
        ]
      : [])
  ]
  const read = weightsFor(file, drawn, derivation)
  if (!read.ok) return read
  const tensors = read.value
  const bare = drawn.nodes.some(({ id }) => (derivation.nodes[id]?.weights.length ?? 0) > 0)
  if (tensors.length === 0 && bare) notes.push('The file holds no weights: the network begins untrained.')
  return ok({
    document,
    checkpoint:
      tensors.length === 0
        ? undefined
        : { structure: structureKey(document), epoch: 1, step: 1, history: [], tensors },
    notes
  })
}

/** A layer of the file and the node that it becomes. */
interface Drawn {
  readonly id: string
  readonly given: GivenLayer
  readonly type: string
  readonly config: Config
  readonly name: string | undefined
  /** Of what comes in, as far as they are known. */
  readonly shapes: readonly (readonly number[])[]
}
interface Drawing {
  readonly nodes: readonly Drawn[]
  readonly edges: readonly Edge[]
  /** Id of the node that gives the answer, and the answer's shape, where it is known. */
  readonly last: string
  readonly answer: readonly number[] | undefined
  readonly lost: readonly string[]
}

function draw(network: GivenNetwork, inputShape: readonly number[], { dialect }: ModelFile): Drawing {
  const ids = new Map([[network.input.name, { node: 'data', port: 'features' }]])
  const shapes = new Map<string, readonly number[] | undefined>([[network.input.name, inputShape]])
  const taken = new Set(['data', 'target'])
  const nodes: Drawn[] = []
  const edges: Edge[] = []
  const lost: string[] = []
  for (const given of network.layers) {
    const stated = given.given?.map((size) => size ?? OPEN_STEPS)
    const coming = given.inputs.map((from) => shapes.get(from) ?? stated)
    const known = coming.filter((shape) => shape !== undefined)
    const found = placed(readLayer(given.class, given.settings, known, dialect), given, network)
    const id = freeId(given, found.type, taken)
    const ports = layers[found.type]!.inputs
    given.inputs.forEach((from, i) => {
      const port = ports[i]
      if (port) edges.push({ from: ids.get(from)!, to: { node: id, port: port.id } })
    })
    ids.set(given.name, { node: id, port: 'output' })
    const inputs = Object.fromEntries(
      ports.flatMap(({ id: port }, i) =>
        coming[i] ? [[port, { kind: 'numbers', shape: coming[i] } as const]] : []
      )
    )
    const inferred = layers[found.type]!.infer({
      nodeId: id,
      config: found.config,
      inputs,
      data: { features: [], classes: [], shape: [], target: { shape: [] } },
      producer: () => undefined
    })
    const output = inferred.outputs['output']
    shapes.set(given.name, output?.kind === 'numbers' ? output.shape : undefined)
    lost.push(...(found.lost ?? []).map((what) => `${given.name} (${what})`))
    nodes.push({ ...found, id, given, name: shownName(given, found.type), shapes: known })
  }
  const last = ids.get(network.output) ?? { node: 'data' }
  return { nodes, edges, last: last.node, answer: shapes.get(network.output), lost }
}

/** What was read; what could not be holds its place. */
function placed(
  read: ReturnType<typeof readLayer>,
  given: GivenLayer,
  network: GivenNetwork
): { readonly type: string; readonly config: Config; readonly lost?: readonly string[] } {
  if ('type' in read) {
    const { inputs } = layers[read.type]!
    const required = inputs.filter(({ optional }) => !optional).length
    const count = given.inputs.length
    if (count <= inputs.length && count >= required) return read
    return placed({ why: `joins ${count} inputs` }, given, network)
  }
  // Keras 3 tells what each layer was built for: what comes next tells what comes out.
  const next = network.layers.find(
    ({ inputs, given: shape }) => inputs.length === 1 && inputs[0] === given.name && shape
  )
  const shape = next?.given?.map((size) => size ?? OPEN_STEPS).join(' × ') ?? ''
  return {
    type: 'foreign',
    config: fullConfig(layers['foreign']!.fields, {
      kind: given.class.slice(0, 80),
      why: read.why.slice(0, 200),
      shape
    })
  }
}

/** The layer's own name as an id, which begins with a letter. */
function freeId({ name }: GivenLayer, type: string, taken: Set<string>): string {
  const plain = name
    .replace(/[^\w-]/g, '_')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 56)
  const wanted = plain === '' || plain in Object.prototype ? type : plain
  let id = wanted
  for (let n = 2; taken.has(id); n++) id = `${wanted}${n}`
  taken.add(id)
  return id
}

/** A name that a person gave: Keras numbers the others by their class. */
function shownName({ name, class: kind }: GivenLayer, type: string): string | undefined {
  const plain = name.replace(/_?\d+$/, '').toLowerCase()
  const usual = [snakeCase(kind), kind.toLowerCase(), type.toLowerCase(), 'layer']
  return usual.some((one) => plain === one || plain.startsWith(`${one}_${kind.toLowerCase()}`))
    ? undefined
    : name.slice(0, 80)
}

function projectOf(
  file: ModelFile,
  given: GivenNetwork,
  shape: readonly number[],
  drawing: Drawing
): { readonly document: Document; readonly derivation: Derivation } {
  const { nodes, edges, last, answer = [1] } = drawing
  const end = nodes.find(({ id }) => id === last)
  const activation =
    end?.type === 'softmax' ? 'softmax' : (end?.config['activation'] as Part | undefined)?.type
  const goal = goalOf(file.compiled, answer, activation)
  const fed = nodes.filter(({ given: layer }) => layer.inputs[0] === given.input.name)
  const symbols = fed.find(({ type }) => type === 'embedding')?.config['inputDim'] as number | undefined
  const title = (file.title || given.name || 'Model').slice(0, 120)
  const base = untrained({ title, shape, symbols, answer, classes: goal.classes, loss: goal.loss })
  const [network] = base.networks
  const drawn: Record<string, NetworkNode> = {
    ...network!.nodes,
    ...Object.fromEntries(
      nodes.map(({ id, type, config, name, given: { trainable } }): [string, NetworkNode] => [
        id,
        {
          type,
          config,
          ...(name === undefined ? {} : { name }),
          ...(!trainable && layers[type]!.weights ? { frozen: true as const } : {}),
          position: { x: 0, y: 0 }
        }
      ])
    )
  }
  const whole = {
    ...network!,
    nodes: drawn,
    edges: [
      ...edges,
      {
        from: { node: last, port: last === 'data' ? 'features' : 'output' },
        to: { node: 'target', port: 'prediction' }
      },
      { from: { node: 'data', port: 'target' }, to: { node: 'target', port: 'target' } }
    ]
  }
  const document: Document = {
    ...base,
    networks: [
      {
        ...whole,
        nodes: Object.fromEntries(
          Object.entries(tidyPlaces([whole], () => CARD)).map(([id, position]) => [
            id,
            { ...drawn[id]!, position }
          ])
        )
      }
    ]
  }
  return settled(document)
}

/** About the height of a card on the canvas. */
const CARD = 216

/** With a loss that goes together with the last layer: a file may ask for another one. */
function settled(document: Document): { readonly document: Document; readonly derivation: Derivation } {
  const derivation = derive(document, {})
  const fix = derivation.problems.find(({ nodeId, field }) => nodeId === 'target' && field === 'loss')?.fix
  if (!fix) return { document, derivation }
  const mended = applyEdit(document, fix.edit)
  return { document: mended, derivation: derive(mended, {}) }
}

/** The weights of all nodes that are known to have some. */
function weightsFor(
  file: ModelFile,
  { nodes }: Drawing,
  derivation: Derivation
): Result<readonly NamedTensor[]> {
  const tensors: NamedTensor[] = []
  const missing: Drawn[] = []
  for (const node of nodes) {
    const specs = derivation.nodes[node.id]?.weights ?? []
    if (specs.length === 0) continue
    const written = kerasLayers(layers[node.type]!, node.config, node.shapes, file.dialect)
    const place = ('made' in written && written.made.place) || ((weight: string) => weight)
    const found = weightsOf(file, node.given, specs, place)
    if (!found) {
      missing.push(node)
      continue
    }
    for (const [i, { name, shape }] of specs.entries()) {
      const weight = found[i]!
      if (weight.shape.join() !== shape.join())
        return damaged(
          node,
          `its ${name} is ${weight.shape.join(' × ') || 'one number'}, and has to be ${shape.join(' × ')}`
        )
      if (!hasNumbers(weight)) return damaged(node, `its ${name} holds what is no number`)
      tensors.push({ name: `${node.id}/${name}`, shape, values: Float32Array.from(weight.values) })
    }
  }
  return missing.length > 0 && tensors.length > 0
    ? damaged(missing[0]!, 'its weights are not in the file')
    : ok(tensors)
}

function damaged({ given }: Drawn, why: string): Result<never> {
  const problem: Problem = {
    code: 'model',
    message: `The layer ${given.name} cannot be read: ${why}.`,
    detail: 'The file may be damaged. Save the model again, and open that file.'
  }
  return fail(problem)
}
