import type { KerasValue } from '../../registry/define'
import { isKerasObject, type KerasNetwork, type KerasNode } from './network'

/* The configuration of a model as Keras 2 wrote it, which Keras 3 and TensorFlow.js read, too. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** A model as {class_name, config}. */
export function keras2Config({ name, input, nodes, output, sequential }: KerasNetwork): Json {
  const batchShape = [null, ...input.shape]
  const inputLayer = {
    class_name: 'InputLayer',
    config: { batch_input_shape: batchShape, dtype: 'float32', sparse: false, name: input.name }
  }
  if (sequential)
    return { class_name: 'Sequential', config: { name, layers: [inputLayer, ...nodes.map(layerConfig)] } }
  return {
    class_name: 'Functional',
    config: {
      name,
      layers: [
        { ...inputLayer, name: input.name, inbound_nodes: [] },
        ...nodes.map((node) => ({
          ...layerConfig(node),
          name: node.name,
          inbound_nodes: [node.inputs.map((from) => [from, 0, 0, {}])]
        }))
      ],
      input_layers: [[input.name, 0, 0]],
      output_layers: [[output.name, 0, 0]]
    }
  }
}

function layerConfig({ name, layer, trainable }: KerasNode): { readonly [name: string]: Json } {
  return {
    class_name: layer.class,
    config: { name, trainable, dtype: 'float32', ...settings(layer.config ?? {}) }
  }
}

function settings(config: { readonly [name: string]: KerasValue }): { readonly [name: string]: Json } {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, json(value)]))
}

function json(value: KerasValue): Json {
  if (value === null || typeof value !== 'object') return value
  if (!isKerasObject(value)) return (value as readonly KerasValue[]).map(json)
  const object = { class_name: value.class, config: settings(value.config) }
  // A layer within a layer is looked for by its module, since Keras 2.12.
  return value.module === 'layers' ? { module: 'keras.layers', registered_name: null, ...object } : object
}
