import { snakeCase } from '../../export/keras/keras3'
import type { GivenSettings, GivenValue } from '../../registry/define'
import { fail, ok, type Result } from '../../result'
import { isSettings, listAt, settingsAt } from './values'

/** A layer of a model, as its file has it. */
export interface GivenLayer {
  /** Unique in the model; of a model within the model with its name in front. */
  readonly name: string
  readonly class: string
  readonly settings: GivenSettings
  readonly trainable: boolean
  /** Names of the layers that it reads, in order; of the input, too. */
  readonly inputs: readonly string[]
  /** Where its weights lie in a .keras file: "layers/dense_1". */
  readonly path: string
  /** Names that stand before its weights in the older formats: the outermost model's first. */
  readonly names: readonly string[]
  /** What comes in, as far as the file says it, without the batch; null is any length. */
  readonly given?: readonly (number | null)[]
}

/** The layers of a model in the order of its file, which is that of its weights. */
export interface GivenNetwork {
  readonly name: string
  readonly input: { readonly name: string; readonly shape: readonly (number | null)[] }
  readonly layers: readonly GivenLayer[]
  readonly output: string
}

const MODELS = new Set(['Sequential', 'Functional', 'Model'])
/** Models within models within models, at most. */
const DEEPEST = 8
const MOST_LAYERS = 2000

const refused = (message: string, detail: string): Result<never> => fail({ code: 'model', message, detail })

/** The network that a configuration of Keras 2, Keras 3 or TensorFlow.js describes. Models within it are unfolded. */
export function readTopology(topology: GivenValue): Result<GivenNetwork> {
  const whole = isSettings(topology) ? topology : {}
  const kind = whole['class_name']
  if (typeof kind !== 'string' || !MODELS.has(kind))
    return refused(
      typeof kind === 'string'
        ? `This model is a ${kind}, a class of its own that only its program can build.`
        : 'This file holds no model of layers.',
      'Netloom opens Sequential and Functional models of Keras and TensorFlow.js.'
    )
  const scope: Scope = { path: '', names: [], prefix: '', depth: 0 }
  const read = isSequential(whole) ? sequential(whole, scope) : functional(whole, scope)
  if (!read.ok) return read
  const { input, layers, output } = read.value
  if (!input?.shape)
    return refused(
      'This model does not say what it takes.',
      'Build it in Keras before it is saved: model.build(input_shape).'
    )
  if (layers.length === 0)
    return refused('This model has no layers.', 'There is nothing in it that could be shown.')
  if (layers.length > MOST_LAYERS)
    return refused(
      `This model has ${layers.length} layers.`,
      `Netloom shows networks of up to ${MOST_LAYERS}.`
    )
  const name = settingsAt(whole, 'config')['name']
  return ok({
    name: typeof name === 'string' ? name : '',
    input: { name: input.name, shape: input.shape },
    layers,
    output
  })
}

interface Scope {
  readonly path: string
  readonly names: readonly string[]
  readonly prefix: string
  readonly depth: number
  /** What a model within a model reads in the place of its own input. */
  readonly feeds?: string
}

interface Unfolded {
  readonly input:
    { readonly name: string; readonly shape: readonly (number | null)[] | undefined } | undefined
  readonly layers: readonly GivenLayer[]
  readonly output: string
}

function isSequential({ class_name: kind, config }: GivenSettings): boolean {
  return kind === 'Sequential' || Array.isArray(config)
}

/** Layers one after the other. */
function sequential(model: GivenSettings, scope: Scope): Result<Unfolded> {
  const config = settingsAt(model, 'config')
  const listed = Array.isArray(model['config']) ? (model['config'] as GivenValue[]) : listAt(config, 'layers')
  const folders = counter()
  let input: Unfolded['input'] = { name: 'input', shape: inputShapeOf(model) }
  let before = scope.feeds ?? 'input'
  const layers: GivenLayer[] = []
  for (const [i, layer] of listed.filter(isSettings).entries()) {
    const folder = folders(String(layer['class_name']))
    const shape = inputShapeOf(layer)
    if (layer['class_name'] === 'InputLayer') {
      input = { name: input.name, shape: shape ?? input.shape }
      continue
    }
    if (layers.length === 0) input = { name: input.name, shape: shape ?? input.shape }
    const read = layerOf(layer, nameOf(layer, i), [before], folder, scope)
    if (!read.ok) return read
    layers.push(...read.value.layers)
    before = read.value.output
  }
  return ok({ input, layers, output: before })
}

/** Layers that say what they read. */
function functional(model: GivenSettings, scope: Scope): Result<Unfolded> {
  const config = settingsAt(model, 'config')
  const folders = counter()
  const layers: GivenLayer[] = []
  /** What gives the answer of a layer of this model. */
  const answers = new Map<string, string>()
  let input: Unfolded['input']
  for (const [i, layer] of listAt(config, 'layers').filter(isSettings).entries()) {
    const name = nameOf(layer, i)
    const folder = folders(String(layer['class_name']))
    if (layer['class_name'] === 'InputLayer') {
      if (input)
        return refused(
          'This model has several inputs.',
          'Netloom trains networks with one input. Join them in Keras first.'
        )
      input = { name, shape: inputShapeOf(layer) }
      answers.set(name, scope.feeds ?? name)
      continue
    }
    const calls = listAt(layer, 'inbound_nodes')
    if (calls.length > 1)
      return refused(
        `The layer ${name} is used in ${calls.length} places with the same weights.`,
        'In Netloom, every layer stands in one place.'
      )
    const from = calls.length === 0 ? [] : inboundOf(calls[0]!)
    const unread = from.find((one) => !answers.has(one.layer) || one.output > 0)
    if (unread)
      return refused(
        unread.output > 0
          ? `The layer ${name} reads the ${unread.output + 1}. output of ${unread.layer}.`
          : `The layer ${name} reads ${unread.layer}, which comes after it or is not there.`,
        unread.output > 0 ? 'In Netloom, layers have one output.' : 'The file may be damaged.'
      )
    const read = layerOf(
      layer,
      name,
      from.map((one) => answers.get(one.layer)!),
      folder,
      scope
    )
    if (!read.ok) return read
    layers.push(...read.value.layers)
    answers.set(name, read.value.output)
  }
  const outputs = endsOf(config['output_layers'] ?? [])
  const output = outputs[0] && answers.get(outputs[0])
  if (outputs.length !== 1 || output === undefined)
    return refused(
      `This model has ${outputs.length} outputs.`,
      'Netloom trains networks with one output. Save the part of it that leads to one.'
    )
  return ok({ input, layers, output })
}

/** A layer, or those of a model that stands in the place of one. */
function layerOf(
  layer: GivenSettings,
  name: string,
  inputs: readonly string[],
  folder: string,
  scope: Scope
): Result<{ readonly layers: readonly GivenLayer[]; readonly output: string }> {
  const kind = String(layer['class_name'])
  const path = `${scope.path}layers/${folder}`
  const full = `${scope.prefix}${name}`
  if (MODELS.has(kind)) {
    if (scope.depth >= DEEPEST || inputs.length !== 1)
      return refused(
        inputs.length === 1
          ? 'This model has models within models without an end.'
          : `The model ${name} within this one has several inputs.`,
        'Netloom opens models with one input.'
      )
    const inner: Scope = {
      path: `${path}/`,
      names: [...scope.names, name],
      prefix: `${full}_`,
      depth: scope.depth + 1,
      feeds: inputs[0]!
    }
    return isSequential(layer) ? sequential(layer, inner) : functional(layer, inner)
  }
  const settings = settingsAt(layer, 'config')
  const given = shapeAt(settingsAt(layer, 'build_config'), 'input_shape')
  const read: GivenLayer = {
    name: full,
    class: kind,
    settings,
    trainable: settings['trainable'] !== false,
    inputs,
    path,
    names: [...scope.names, name],
    ...(given ? { given } : {})
  }
  return ok({ layers: [read], output: full })
}

/** Names of folders in a .keras file: the class, with a count where there are several. */
function counter(): (kind: string) => string {
  const counts = new Map<string, number>()
  return (kind) => {
    const base = snakeCase(kind)
    const count = counts.get(base) ?? 0
    counts.set(base, count + 1)
    return count === 0 ? base : `${base}_${count}`
  }
}

function nameOf(layer: GivenSettings, place: number): string {
  const name = layer['name'] ?? settingsAt(layer, 'config')['name']
  return typeof name === 'string' && name !== '' ? name : `layer_${place + 1}`
}

/** What stands in a file about what comes in, by the names that it has had. */
function inputShapeOf(layer: GivenSettings): readonly (number | null)[] | undefined {
  const config = settingsAt(layer, 'config')
  const build = settingsAt(layer, 'build_config')
  return (
    shapeAt(config, 'batch_shape') ??
    shapeAt(config, 'batch_input_shape') ??
    shapeAt(config, 'build_input_shape') ??
    (layer['class_name'] === 'Sequential' ? shapeAt(build, 'input_shape') : undefined)
  )
}

/** [null, 28, 28, 1] without the batch. */
function shapeAt(of: GivenSettings, name: string): readonly (number | null)[] | undefined {
  const shape = of[name]
  if (!Array.isArray(shape) || shape.length < 2) return undefined
  const sizes = (shape as readonly GivenValue[]).slice(1)
  return sizes.every((size) => size === null || (typeof size === 'number' && size >= 1))
    ? (sizes as readonly (number | null)[])
    : undefined
}

interface From {
  readonly layer: string
  readonly output: number
}

/** Whom a layer reads: of Keras 3 the tensors among its arguments, of Keras 2 a list. */
function inboundOf(call: GivenValue): readonly From[] {
  if (isSettings(call)) return tensorsIn(call['args'] ?? null)
  // One input stands there without a list around it now and then.
  const list = Array.isArray(call) ? (call as readonly GivenValue[]) : []
  const all = typeof list[0] === 'string' ? [list] : list
  return all.flatMap((one) =>
    Array.isArray(one) && typeof one[0] === 'string' ? [{ layer: one[0], output: Number(one[2] ?? 0) }] : []
  )
}

function tensorsIn(value: GivenValue): readonly From[] {
  if (Array.isArray(value)) return (value as readonly GivenValue[]).flatMap(tensorsIn)
  if (!isSettings(value) || value['class_name'] !== '__keras_tensor__') return []
  const [layer, , output] = listAt(settingsAt(value, 'config'), 'keras_history')
  return typeof layer === 'string' ? [{ layer, output: Number(output ?? 0) }] : []
}

/** Names of output layers: ["dense", 0, 0], or a list of those. */
function endsOf(value: GivenValue): readonly string[] {
  if (!Array.isArray(value)) return isSettings(value) ? Object.values(value).flatMap(endsOf) : []
  return typeof value[0] === 'string' ? [value[0]] : (value as readonly GivenValue[]).flatMap(endsOf)
}
