import fc from 'fast-check'
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Document, NetworkNode } from '@core/document/schema'
import { exportModel, type ExportModel } from '@core/export/model'
import { derive } from '@core/graph/derive'
import { planSystem } from '@core/graph/plan'
import { sizeOf } from '@core/graph/signal'
import { lessonProjects } from '@core/lessons/projects'
import { randomStream, type RandomStream } from '@core/random/stream'
import { layers } from '@core/registry'
import type { WeightSpec } from '@core/registry/define'
import { fullConfig } from '@core/registry/complete'
import type { Config } from '@core/registry/fields'
import type { NamedTensor } from '@core/run/checkpoint'
import { firstProject } from '@core/templates'
import type { Samples } from '@trainer/export/reference'
import { givenSource } from '../../core/helpers/givenSource'
import { chainRecipe, documentOf, recipe, sequenceRecipe } from '../../core/helpers/networks'
import { oracle } from '../support'

/** A network with weights, to be exported, and examples to ask it. */
export interface ExportCase {
  readonly name: string
  readonly model: ExportModel
  readonly samples: Samples
}

const ROWS = 8

/** Every layer of the registry by itself, with the settings of its golden files and examples. */
export function layerCases(): readonly ExportCase[] {
  return Object.values(layers)
    .filter(({ role }) => role === 'layer')
    .flatMap(({ type, inputs, examples }) => {
      const given = [
        ...examples.map(({ config, inputs: by }) => ({
          config,
          shapes: inputs.flatMap(({ id }) => (by[id]?.kind === 'numbers' ? [by[id].shape] : []))
        })),
        ...goldenSettings(type)
      ]
      return given.map(({ config, shapes }, i) =>
        caseOf(`${type} ${i + 1}`, layerDocument(type, config, shapes), 1)
      )
    })
}

/** Networks drawn at random: rows, sequences and pictures through branches, merges and recurrent parts. */
export function randomCases(count: number): readonly ExportCase[] {
  const of = (made: typeof recipe, share: number, seed: number): readonly Document[] =>
    fc.sample(made, { numRuns: Math.ceil(count * share), seed }).map(documentOf)
  return [...of(recipe, 0.7, 11), ...of(chainRecipe, 0.1, 12), ...of(sequenceRecipe, 0.2, 13)]
    .slice(0, count)
    .map((document, i) => caseOf(`random ${i + 1}`, document, 1))
}

/** The network of every lesson. */
export function lessonCases(): readonly ExportCase[] {
  return lessonProjects.flatMap(({ id, document }) => {
    const pictures = /mnist|cifar|pictures/i.test(document.data.source.type)
    return document.networks.map((network, i) =>
      caseOf(`lesson ${id}${i === 0 ? '' : ` ${network.id}`}`, document, pictures ? 1 / 255 : 1, network.id)
    )
  })
}

/** With weights that no start would give: biases that are not zero, moving averages that have moved. */
function caseOf(name: string, document: Document, scale: number, network?: string): ExportCase {
  const random = randomStream(7, name)
  const derivation = derive(document, {})
  if (derivation.problems.length > 0) throw new Error(`${name}: ${derivation.problems[0]!.message}`)
  const weights = planSystem(document, derivation).weights.map(({ name: weight, spec }): NamedTensor => {
    const size = sizeOf(spec.shape)
    const width = spec.shape.length > 1 ? Math.sqrt(2 / (size / spec.shape.at(-1)!)) : 0.3
    const values = Float32Array.from({ length: size }, () => width * random.normal())
    return { name: weight, shape: spec.shape, values: allowed(values, spec) }
  })
  const model = exportModel({
    document,
    files: {},
    network,
    weights,
    epoch: 1,
    scale,
    preparation: undefined
  })
  return { name, model, samples: { x: examplesFor(model, random), rows: ROWS, places: new Int32Array() } }
}

/** As a training would leave them: variances above 0, and what is held to a rule obeys it. */
function allowed(values: Float32Array, { name, constraint }: WeightSpec): Float32Array {
  if (name.endsWith('variance')) return values.map((v) => 0.5 + Math.abs(v))
  if (constraint?.type === 'nonNeg') return values.map(Math.abs)
  if (constraint?.type !== 'maxNorm') return values
  const norm = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0))
  return values.map((v) => (v * 0.9 * Math.min(norm, constraint.config['value'] as number)) / norm)
}

/** Bytes, symbols or plain numbers; with a mask some steps are nothing but its value. */
function examplesFor({ plan, data, configs }: ExportModel, random: RandomStream): Float32Array {
  const { shape } = plan.source
  const fed = plan.nodes.filter(({ inputs }) =>
    Object.values(inputs).some(({ node }) => node === plan.source.id)
  )
  const embedding = fed.find(({ layer }) => layer.type === 'embedding')
  const masking = fed.find(({ layer }) => layer.type === 'masking')
  const x = Float32Array.from({ length: ROWS * sizeOf(shape) }, () => {
    if (embedding) return random.integer(configs[embedding.id]!['inputDim'] as number)
    return data.scale === 1 ? random.normal() : random.integer(256)
  })
  if (!masking) return x
  const [steps = 1, width = 1] = shape
  const value = configs[masking.id]!['maskValue'] as number
  for (let row = 1; row < ROWS; row++)
    for (let step = steps - (row % steps); step < steps; step++)
      x.fill(value, (row * steps + step) * width, (row * steps + step + 1) * width)
  return x
}

function goldenSettings(type: string): readonly { config: Config; shapes: readonly (readonly number[])[] }[] {
  const folder = resolve(import.meta.dirname, '../../oracles/layers')
  if (!readdirSync(folder).includes(`${type}.json`)) return []
  const { cases } = JSON.parse(oracle(`layers/${type}.json`)) as {
    cases: { config: Config; inputs: { [port: string]: unknown } }[]
  }
  return cases.map(({ config, inputs }) => ({
    config,
    shapes: Object.values(inputs).map((nested) => shapeOf(nested).slice(1))
  }))
}

const shapeOf = (nested: unknown): number[] =>
  Array.isArray(nested) ? [nested.length, ...shapeOf(nested[0])] : []

/** data → layer → output; a layer with several inputs gets all but the first through a layer with weights. */
function layerDocument(type: string, config: Config, shapes: readonly (readonly number[])[]): Document {
  const shape = shapes[0]!
  const position = { x: 0, y: 0 }
  const made = (kind: string, given: Config): NetworkNode => ({
    type: kind,
    config: fullConfig(layers[kind]!.fields, given),
    position
  })
  const nodes: Record<string, NetworkNode> = {
    data: made('data', {}),
    tried: made(type, config),
    target: made('output', { loss: { type: 'meanSquaredError', config: {} } })
  }
  const edges = [
    { from: { node: 'data', port: 'features' }, to: { node: 'tried', port: 'input' } },
    { from: { node: 'tried', port: 'output' }, to: { node: 'target', port: 'prediction' } },
    { from: { node: 'data', port: 'target' }, to: { node: 'target', port: 'target' } }
  ]
  for (const [i, { id }] of layers[type]!.inputs.slice(1, shapes.length).entries()) {
    nodes[`other${i}`] = made('rescaling', { scale: i + 2, offset: 0.5 })
    edges.push(
      { from: { node: 'data', port: 'features' }, to: { node: `other${i}`, port: 'input' } },
      { from: { node: `other${i}`, port: 'output' }, to: { node: 'tried', port: id } }
    )
  }
  const build = (answer: readonly number[]): Document => ({
    ...firstProject,
    name: `Layer ${type}`,
    data: {
      source: { type: 'given', config: givenSource(ROWS, shape, { shape: answer }) },
      seed: 1,
      split: { train: 1, test: 0 }
    },
    networks: [{ id: 'network', name: 'Network', nodes, edges }]
  })
  const output = derive(build([1]), {}).nodes['tried']!.outputs['output']
  if (output?.kind !== 'numbers') throw new Error(`${type} gives nothing for ${shape.join(' × ')}.`)
  return build(output.shape)
}
