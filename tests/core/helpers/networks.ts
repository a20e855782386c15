import fc from 'fast-check'
import { NODE_PITCH } from '@core/document/edits'
import type { Document, Edge, NetworkNode } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { sizeOf, type Target } from '@core/graph/signal'
import { randomStream, type RandomStream } from '@core/random/stream'
import { layers, losses, parts } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import type { Config, Field, Fields, FieldValue, Part, PartKind } from '@core/registry/fields'
import { firstProject } from '@core/templates'
import { givenSource } from './givenSource'

/** What a network is made from. Fewer steps make a smaller one; a seed decides what each step is. */
export interface Recipe {
  /**
   * Rows: one Dense after the other, now and then with dropout between them, and nothing else. Sequences: Simple RNN
   * and Dense layers, and an answer at each step or after the last one.
   */
  readonly chain: boolean
  readonly shape: readonly number[]
  readonly steps: readonly number[]
  readonly end: number
  readonly training: number
}

/** Layers that need certain numbers (whole ones, shares) and not any. */
const PARTICULAR = new Set(['embedding', 'rbm'])
const MERGES = ['add', 'multiply', 'concatenate']
const LAYERS = Object.values(layers)
  .filter(({ role, inputs, type }) => role === 'layer' && inputs.length === 1 && !PARTICULAR.has(type))
  .map(({ type }) => type)

/** Numbers that one example may have between two layers. */
const WIDEST = 96
export const ROWS = 10
export const BATCH = 5

const size = (min: number, max: number) => fc.integer({ min, max })
const seed = fc.nat(1_000_000)

/** Rows, sequences and pictures that go through up to seven steps of any kind. */
export const recipe: fc.Arbitrary<Recipe> = fc.record({
  chain: fc.constant(false),
  shape: fc.oneof(
    fc.tuple(size(1, 6)),
    fc.tuple(size(2, 5), size(1, 3)),
    fc.tuple(size(3, 6), size(3, 6), size(1, 2))
  ),
  steps: fc.array(seed, { minLength: 1, maxLength: 7 }),
  end: seed,
  training: seed
})

/** Rows that go through up to four layers, one after the other. */
export const chainRecipe: fc.Arbitrary<Recipe> = fc.record({
  chain: fc.constant(true),
  shape: fc.tuple(size(1, 6)),
  steps: fc.array(seed, { maxLength: 4 }),
  end: seed,
  training: seed
})

/** Sequences that go through up to four recurrent and dense layers, one after the other. */
export const sequenceRecipe: fc.Arbitrary<Recipe> = fc.record({
  chain: fc.constant(true),
  shape: fc.tuple(size(1, 5), size(1, 5)),
  steps: fc.array(seed, { minLength: 1, maxLength: 4 }),
  end: seed,
  training: seed
})

/** A network that is being drawn: what there is, and an output to go on from. */
interface Sketch {
  readonly nodes: Record<string, NetworkNode>
  readonly edges: Edge[]
}
interface Open {
  readonly node: string
  readonly port: string
  readonly shape: readonly number[]
}

/** A document that can be trained, made from a recipe. */
export function documentOf({ chain, shape, steps, end, training }: Recipe): Document {
  const drawn: Sketch = { nodes: { data: node('data', {}, 0) }, edges: [] }
  let head: Open = { node: 'data', port: 'features', shape }
  const ends: Open[] = [head]
  for (const [i, value] of steps.entries()) {
    const random = randomStream(value, 'step', i)
    // Now and then two ways meet; every end stays where another way may begin.
    const other = ends[random.integer(ends.length)]!
    const next = chain
      ? layered(drawn, head, random, inChain(head, random))
      : random.uniform() < 0.3
        ? merged(drawn, head, other, random)
        : layered(drawn, head, random)
    head = next ?? head
    ends.push(head)
  }
  const random = randomStream(end, 'end')
  const target = answers(head, random, chain)
  const whole = finished(drawn, head, target, random)
  return withTraining(withoutDeadEnds(whole), chain, randomStream(training, 'training'))

  function finished(
    sketched: Sketch,
    last: Open,
    { classes, shape: places }: Target,
    draw: RandomStream
  ): Document {
    const data = {
      source: { type: 'given', config: givenSource(ROWS, shape, target) },
      seed: end,
      split: { train: 1, test: 0 }
    }
    const base: Document = {
      ...firstProject,
      name: 'Any network',
      data,
      view: { pace: 'full', pinned: [], metrics: [] }
    }
    // Losses and last activations are drawn until some go together.
    for (let attempt = 0; attempt < 200; attempt++) {
      const copy: Sketch = { nodes: { ...sketched.nodes }, edges: [...sketched.edges] }
      let answer = last
      if (classes !== undefined) {
        if (places.length === 0 && answer.shape.length !== 1) answer = append(copy, answer, 'flatten', {})!
        const units = classes === 2 && draw.uniform() < 0.4 ? 1 : classes
        const activation = part('activation', draw)
        answer = append(copy, answer, 'dense', {
          ...settings(layers['dense']!.fields, draw),
          units,
          activation
        })!
      }
      // Numbers are answered by the layer that happens to be last; one with a step has no slope to learn by.
      else if (attempt >= 20) answer = append(copy, answer, 'rescaling', {})!
      const loss = part('loss', draw)
      if (classes === undefined && losses[loss.type]!.answers === 'classes') continue
      const config = {
        ...settings(layers['output']!.fields, draw),
        ...(chain ? { classWeights: 'equal' } : {}),
        loss
      }
      copy.nodes['target'] = node('output', config, 10)
      copy.edges.push(
        line(answer, 'target', 'prediction'),
        line({ ...answer, node: 'data', port: 'target' }, 'target', 'target')
      )
      const document = { ...base, networks: [{ id: 'network', name: 'Network', ...copy }] }
      if (derive(withoutDeadEnds(document), {}).problems.length === 0) return document
    }
    throw new Error('No loss goes with these answers.')
  }
}

function node(type: string, config: Config, place: number): NetworkNode {
  return { type, config: fullConfig(layers[type]!.fields, config), position: { x: place * NODE_PITCH, y: 0 } }
}

function line(from: Open, to: string, port: string): Edge {
  return { from: { node: from.node, port: from.port }, to: { node: to, port } }
}

/** A layer behind these ends, if they suit it. */
function append(drawn: Sketch, ends: Open | readonly Open[], type: string, config: Config): Open | undefined {
  const layer = layers[type]!
  const given = [ends].flat() as readonly Open[]
  const inputs = Object.fromEntries(
    given.map(({ shape }, i) => [layer.inputs[i]!.id, { kind: 'numbers' as const, shape }])
  )
  const full = fullConfig(layer.fields, config)
  const data = { features: [], classes: [], shape: [], target: { shape: [] } }
  const { outputs, problems } = layer.infer({
    nodeId: 'node',
    config: full,
    inputs,
    data,
    producer: () => undefined
  })
  const output = outputs['output']
  if (problems?.length || output?.kind !== 'numbers' || sizeOf(output.shape) > WIDEST) return undefined
  const id = `n${Object.keys(drawn.nodes).length}`
  drawn.nodes[id] = node(type, full, Object.keys(drawn.nodes).length)
  drawn.edges.push(...given.map((end, i) => line(end, id, layer.inputs[i]!.id)))
  return { node: id, port: 'output', shape: output.shape }
}

/** Layers for this arrangement of numbers alone, which chance among all would seldom find. */
const OWN: { readonly [rank: number]: readonly string[] } = {
  2: LAYERS.filter((type) => layers[type]!.group === 'Sequences'),
  3: LAYERS.filter((type) => layers[type]!.group === 'Pictures')
}

/** What may come next in a chain. */
function inChain({ shape }: Open, random: RandomStream): readonly string[] {
  if (shape.length === 2) return ['simpleRnn', 'simpleRnn', 'dense', 'timeDistributed']
  return random.uniform() < 0.25 ? ['dropout'] : ['dense']
}

/** Any layer that takes what this end gives. */
function layered(
  drawn: Sketch,
  head: Open,
  random: RandomStream,
  kinds?: readonly string[]
): Open | undefined {
  for (let attempt = 0; attempt < 30; attempt++) {
    const own = OWN[head.shape.length]
    const types = kinds ?? (own && random.uniform() < 0.6 ? own : LAYERS)
    const type = types[random.integer(types.length)]!
    const drawnSettings = settings(layers[type]!.fields, random)
    // The fused engine has no memory in which numbers rest.
    const awake: Config = kinds && type === 'simpleRnn' ? { dropout: 0, recurrentDropout: 0 } : {}
    const config = { ...drawnSettings, ...awake }
    const next = append(drawn, head, type, config)
    if (next) return next
  }
  return undefined
}

/** Two ends in one layer: as they are, or as rows of the same width. */
function merged(drawn: Sketch, head: Open, other: Open, random: RandomStream): Open | undefined {
  const type = MERGES[random.integer(MERGES.length)]!
  const config = settings(layers[type]!.fields, random)
  const asTheyAre = append(drawn, [head, other], type, config)
  if (asTheyAre) return asTheyAre
  const units = 1 + random.integer(4)
  const rows = [head, other].map((end) => {
    const row = end.shape.length === 1 ? end : append(drawn, end, 'flatten', {})
    return row && append(drawn, row, 'dense', { ...settings(layers['dense']!.fields, random), units })
  })
  const [one, two] = rows
  return one && two ? append(drawn, [one, two], type, config) : undefined
}

/** What is to be answered behind a network that ends like this. */
function answers({ shape }: Open, random: RandomStream, chain: boolean): Target {
  const classes = 2 + random.integer(3)
  if (random.uniform() < 0.35) return { shape }
  return shape.length === 2 && (chain || random.uniform() < 0.6)
    ? { classes, shape: [shape[0]!] }
    : { classes, shape: [] }
}

/** Ways that were begun and lead nowhere are taken away again. */
function withoutDeadEnds(document: Document): Document {
  const [network] = document.networks
  const { nodes, edges } = network!
  const dead = Object.keys(nodes).filter(
    (id) => layers[nodes[id]!.type]!.role === 'layer' && !edges.some((e) => e.from.node === id)
  )
  if (dead.length === 0) return document
  return withoutDeadEnds({
    ...document,
    networks: [
      {
        ...network!,
        nodes: Object.fromEntries(Object.entries(nodes).filter(([id]) => !dead.includes(id))),
        edges: edges.filter((e) => !dead.includes(e.to.node))
      }
    ]
  })
}

function withTraining(document: Document, chain: boolean, random: RandomStream): Document {
  // Plain steps: an optimizer that divides by the size of a slope makes a whole step of what is nothing but rounding.
  const { type, fields } = parts.optimizer['sgd']!
  const config = { ...settings(fields, random), learningRate: 0.001 + 0.02 * random.uniform() }
  return {
    ...document,
    training: {
      ...document.training,
      optimizer: { type, config },
      clipping: chain ? { type: 'none', config: {} } : part('clipping', random),
      batchSize: random.uniform() < 0.7 ? BATCH : null,
      seed: random.integer(1000),
      engine: 'native',
      epochs: 2
    }
  }
}

/** Settings of moderate size; about half of them at their default. */
function settings(fields: Fields, random: RandomStream): Config {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, value(field, random)]))
}

function value(field: Field, random: RandomStream): FieldValue {
  if (field.kind === 'part')
    // Rules that weights are held to are rare, and the fused engine knows none.
    return random.uniform() < (field.registry === 'constraint' ? 0.9 : 0.5)
      ? full(field.registry, field.default)
      : part(field.registry, random)
  if (field.kind === 'int') {
    // Many defaults are too large for networks as small as these.
    const count = Math.max(field.min, 1) + random.integer(3)
    return field.default <= 4 && random.uniform() < 0.4 ? field.default : Math.min(field.max, count)
  }
  if (random.uniform() < 0.5) return field.default
  switch (field.kind) {
    case 'float': {
      const [low, high] = [Math.max(field.min, -1.5), Math.min(field.max, 1.5)]
      return low + (high - low) * (0.1 + 0.8 * random.uniform())
    }
    case 'bool':
      return random.uniform() < 0.5
    case 'choice':
      return field.options[random.integer(field.options.length)]!.value
    case 'choices':
    case 'text':
    case 'drawing':
    case 'file':
    case 'columns':
    case 'folder':
      return field.default
  }
}

const full = (kind: PartKind, { type, config }: Part): Part => ({
  type,
  config: fullConfig(parts[kind][type]!.fields, config)
})

function part(kind: PartKind, random: RandomStream): Part {
  const all = Object.values(parts[kind])
  const { type, fields } = all[random.integer(all.length)]!
  const config = settings(fields, random)
  // |w| has a corner at 0, where weights like to start: what rounding decides there has to be small.
  if (kind !== 'regularizer' || !('l1' in config || type === 'l1')) return { type, config }
  return { type, config: { ...config, [type === 'l1' ? 'rate' : 'l1']: 1e-6 } }
}
