import { snakeCase } from '../../export/keras/keras3'
import { kerasLayers } from '../../export/keras/network'
import { isKerasObject } from '../../export/keras/network'
import { layers } from '../../registry'
import { completeConfig, fullConfig } from '../../registry/complete'
import type {
  GivenSettings,
  GivenValue,
  KerasConfig,
  KerasDialect,
  KerasValue,
  LayerDefinition
} from '../../registry/define'
import type { Config, Field, FieldValue, Fields } from '../../registry/fields'
import type { Problem } from '../../result'
import { readActivation, readPart } from './parts'
import { isSettings, objectOf } from './values'

/** A node of the project, or why there can be none. */
export type ReadLayer =
  | { readonly type: string; readonly config: Config; readonly lost: readonly string[] }
  /** The end of a sentence that begins with the layer; empty where there is nothing of the kind here. */
  | { readonly why: string }

/** A layer of Keras as one of the registry. */
export function readLayer(
  kind: string,
  settings: GivenSettings,
  shapes: readonly (readonly number[])[],
  dialect: KerasDialect
): ReadLayer {
  const layer = byClass.get(kind)
  if (!layer) return { why: '' }
  const lost: string[] = []
  try {
    const alike = (given: GivenSettings): Config => settingsAlike(layer.fields, given, dialect, lost)
    const read = layer.fromKeras?.[kind]
    const { config: found, said = [] } = read
      ? read({
          settings,
          shapes,
          alike,
          layer: (name) => objectOf(settings[name]) ?? refuse('has nothing inside'),
          activation: (value) => activationOf(value, dialect),
          refuse
        })
      : { config: alike(settings) }
    const problems: Problem[] = []
    const config = completeConfig(layer.fields, found, 'config', problems)
    if (problems.length > 0) return { why: 'has a setting that is none' }
    const written = kerasLayers(layer, config, shapes, dialect)
    const why =
      'why' in written
        ? written.why
        : written.made.class === kind
          ? otherSetting(settings, written.made.config ?? {}, said, rankOf(shapes))
          : undefined
    return why === undefined ? { type: layer.type, config, lost } : { why }
  } catch (error) {
    if (!(error instanceof Unlike)) throw error
    return { why: error.message }
  }
}

/** Why a layer has no place here. */
class Unlike extends Error {}
const refuse = (why: string): never => {
  throw new Unlike(why)
}

const DIALECTS: readonly KerasDialect[] = ['keras3', 'keras2', 'tfjs']

/** Layers by their class in Keras: what their first example is written as, and the classes that they say they read. */
const byClass: ReadonlyMap<string, LayerDefinition> = (() => {
  const found = new Map<string, LayerDefinition>()
  for (const dialect of DIALECTS)
    for (const layer of Object.values(layers)) {
      const [example] = layer.examples
      if (!layer.keras || !example) continue
      const shapes = layer.inputs.flatMap(({ id }) => {
        const signal = example.inputs[id]
        return signal?.kind === 'numbers' ? [signal.shape] : []
      })
      const written = kerasLayers(layer, fullConfig(layer.fields, example.config), shapes, dialect)
      const classes = 'why' in written ? [] : [written.made.class]
      for (const name of [...classes, ...Object.keys(layer.fromKeras ?? {})])
        if (!found.has(name)) found.set(name, layer)
    }
  return found
})()

function activationOf(value: GivenValue | undefined, dialect: KerasDialect) {
  const name = objectOf(value)?.class ?? 'that is none'
  return readActivation(value, dialect) ?? refuse(`has the activation ${name}, which is not among Netloom’s`)
}

/** Fields from settings that have their names. What matters to training alone may be lost, and is noted. */
function settingsAlike(fields: Fields, given: GivenSettings, dialect: KerasDialect, lost: string[]): Config {
  const config: Record<string, FieldValue> = {}
  for (const [name, field] of Object.entries(fields)) {
    const key = snakeCase(name)
    if (!Object.hasOwn(given, key)) continue
    const value = given[key]!
    if (field.kind === 'part' && field.registry === 'activation') config[name] = activationOf(value, dialect)
    else if (field.kind === 'part') {
      const part = readPart(field.registry, value, dialect)
      if (part) config[name] = part
      else if (field.registry !== 'initializer') lost.push(key)
    } else config[name] = plainValue(field, value, key)
  }
  return config
}

function plainValue(field: Field, value: GivenValue, key: string): FieldValue {
  const one = evenly(value)
  if (one === undefined)
    return refuse(`has ${key} ${JSON.stringify(value)}, and Netloom’s are the same each way`)
  if (field.kind === 'bool' || field.kind === 'choice') return one as FieldValue
  return one === null ? field.default : (one as FieldValue)
}

/** [3, 3] is 3; undefined where the sides differ. */
function evenly(value: GivenValue): GivenValue | undefined {
  if (!Array.isArray(value)) return value
  return value.length > 0 && value.every((one) => one === value[0]) ? (value[0] as GivenValue) : undefined
}

/** What says nothing about what a layer answers: where it comes from, how it is computed, how it starts. */
const PLAIN = new Set([
  ...['name', 'trainable', 'dtype', 'seed', 'batch_shape', 'batch_input_shape', 'input_shape', 'input_dtype'],
  ...['input_length', 'sparse', 'ragged', 'implementation', 'unroll', 'use_cudnn', 'lora_rank', 'lora_alpha'],
  ...[
    'activity_regularizer',
    'moving_mean',
    'moving_variance',
    'quantization_config',
    'renorm_momentum',
    'renorm_clipping'
  ]
])
const STARTS = /_(initializer|regularizer|constraint)$/

/** A setting that was given and would not be written again; undefined where none is. */
function otherSetting(
  given: GivenSettings,
  written: KerasConfig,
  said: readonly string[],
  rank: number
): string | undefined {
  for (const [name, value] of Object.entries(given)) {
    const own = written[name]
    if (said.includes(name) || PLAIN.has(name) || STARTS.test(name)) continue
    // An activation that could not be read was refused before.
    if (/activation$/.test(name)) continue
    if (own !== undefined && isKerasObject(own)) {
      const inner = isSettings(value) && isSettings(value['config']) ? value['config'] : {}
      const why = otherSetting(inner, own.config, said, rank)
      if (why !== undefined) return why
    } else if (own === undefined ? !HARMLESS.has(JSON.stringify(value)) : !isSame(name, value, own, rank))
      return `has ${name} ${JSON.stringify(value)}, which Netloom has not`
  }
  return undefined
}

/** Settings that Netloom does not know are at what it does anyway. */
const HARMLESS = new Set(['null', 'false', '0', '1', '[]', '{}', '"channels_last"', '"auto"', '"default"'])

function isSame(name: string, given: GivenValue, own: KerasValue, rank: number): boolean {
  const [one, other] = [evenly(given), evenly(own as GivenValue)]
  if (name === 'axis' && one !== undefined && other !== undefined)
    return axisOf(one, rank) === axisOf(other, rank)
  if (one === null && own === undefined) return true
  if (typeof one === 'number' && typeof other === 'number')
    return Math.abs(one - other) <= 1e-6 * Math.max(1, Math.abs(other))
  return JSON.stringify(one ?? given) === JSON.stringify(other ?? own)
}

const axisOf = (axis: GivenValue, rank: number): GivenValue =>
  typeof axis === 'number' && axis < 0 ? axis + rank : axis

/** Axes of a batch of what comes in. */
const rankOf = ([shape = []]: readonly (readonly number[])[]): number => shape.length + 1
