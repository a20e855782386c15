import type { KerasValue } from '../../registry/define'
import type { H5Group } from '../h5'
import { isKerasObject, type KerasNetwork, type KerasNode } from './network'

/*
 * A .keras file of Keras 3 is a zip of metadata.json, config.json and model.weights.h5. Sources:
 * keras/src/saving/saving_lib.py, serialization_lib.py.
 */

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** config.json */
export function keras3Config({ name, input, nodes, output, sequential }: KerasNetwork): Json {
  const inputLayer = serialized('keras.layers', 'InputLayer', {
    batch_shape: [null, ...input.shape],
    dtype: 'float32',
    sparse: false,
    name: input.name
  })
  const model = (class_name: string, config: { readonly [name: string]: Json }): Json => ({
    ...serialized(`keras.src.models.${class_name.toLowerCase()}`, class_name, config),
    build_config: { input_shape: [null, ...input.shape] }
  })
  if (sequential)
    return model('Sequential', {
      name,
      trainable: true,
      dtype: 'float32',
      layers: [inputLayer, ...nodes.map(layerConfig)],
      build_input_shape: [null, ...input.shape]
    })
  const shapes = new Map([[input.name, input.shape]])
  for (const { inputs, shapes: own } of nodes) inputs.forEach((from, i) => shapes.set(from, own[i]!))
  const tensor = (from: string): Json => ({
    class_name: '__keras_tensor__',
    config: {
      shape: [null, ...shapes.get(from)!],
      dtype: 'float32',
      keras_history: [from, 0, 0]
    }
  })
  return model('Functional', {
    name,
    trainable: true,
    layers: [
      { ...inputLayer, name: input.name, inbound_nodes: [] },
      ...nodes.map((node) => ({
        ...layerConfig(node),
        name: node.name,
        inbound_nodes: [
          {
            args: [node.inputs.length === 1 ? tensor(node.inputs[0]!) : node.inputs.map(tensor)],
            kwargs: {}
          }
        ]
      }))
    ],
    input_layers: [[input.name, 0, 0]],
    output_layers: [[output.name, 0, 0]]
  })
}

/** model.weights.h5: a group a layer, named by its class and not by its name, with a count where there are several. */
export function keras3Weights({ nodes }: KerasNetwork): H5Group {
  const counts = new Map<string, number>()
  const groups: Record<string, H5Group> = {}
  for (const { name, layer, weights } of nodes) {
    const base = snakeCase(layer.class)
    const count = counts.get(base) ?? 0
    counts.set(base, count + 1)
    groups[count === 0 ? base : `${base}_${count}`] = layerGroup(name, weights)
  }
  return { groups: { layers: { groups }, vars: {} } }
}

/** Path of each weight in model.weights.h5, by its name in the project. */
export function keras3Paths(network: KerasNetwork): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  return new Map(
    network.nodes.flatMap(({ layer, weights }) => {
      const base = snakeCase(layer.class)
      const count = counts.get(base) ?? 0
      counts.set(base, count + 1)
      const folder = count === 0 ? base : `${base}_${count}`
      return places(weights).map(({ path, at, weight }) => [
        weight.name,
        ['layers', folder, ...path, 'vars', String(at)].join('/')
      ])
    })
  )
}

/** "SimpleRNN" → "simple_rnn", as keras/src/utils/naming.py has it. */
export function snakeCase(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
}

/** Where weights lie: the objects on the way, and the number among those of the last of them. */
function places(weights: KerasNode['weights']): readonly {
  readonly path: readonly string[]
  readonly at: number
  readonly weight: KerasNode['weights'][number]
}[] {
  const counts = new Map<string, number>()
  return weights.map((weight) => {
    const path = weight.place.split('/').slice(0, -1)
    const at = counts.get(path.join('/')) ?? 0
    counts.set(path.join('/'), at + 1)
    return { path, at, weight }
  })
}

interface Growing {
  readonly datasets: Record<string, { shape: readonly number[]; values: Float32Array }>
  readonly children: Record<string, Growing>
}

function layerGroup(name: string, weights: KerasNode['weights']): H5Group {
  const root: Growing = { datasets: {}, children: {} }
  for (const { path, at, weight } of places(weights)) {
    let place = root
    for (const step of path) place = place.children[step] ??= { datasets: {}, children: {} }
    place.datasets[String(at)] = { shape: weight.shape, values: weight.values }
  }
  const grown = ({ datasets, children }: Growing, attributes?: H5Group['attributes']): H5Group => ({
    groups: {
      vars: { datasets, ...(attributes ? { attributes } : {}) },
      ...Object.fromEntries(Object.entries(children).map(([step, child]) => [step, grown(child)]))
    }
  })
  return grown(root, { name })
}

function layerConfig({ name, layer, trainable, shapes }: KerasNode): { readonly [name: string]: Json } {
  const config = Object.entries(layer.config ?? {}).map(([key, value]) => [key, json(value, shapes)])
  return {
    ...serialized('keras.layers', layer.class, {
      name,
      trainable,
      dtype: 'float32',
      ...(Object.fromEntries(config) as { [name: string]: Json })
    }),
    build_config: {
      input_shape: shapes.length === 1 ? [null, ...shapes[0]!] : shapes.map((shape) => [null, ...shape])
    }
  }
}

function serialized(
  module: string,
  class_name: string,
  config: { readonly [name: string]: Json }
): { readonly [name: string]: Json } {
  return { module, class_name, config, registered_name: null }
}

function json(value: KerasValue, shapes: KerasNode['shapes']): Json {
  if (value === null || typeof value !== 'object') return value
  if (!isKerasObject(value)) return (value as readonly KerasValue[]).map((one) => json(one, shapes))
  const config = Object.entries(value.config).map(([key, one]) => [key, json(one, shapes)])
  return serialized(
    `keras.${value.module}`,
    value.class,
    Object.fromEntries(config) as { [name: string]: Json }
  )
}
