/*
 * What Keras 3 writes into config.json, in the words of Keras 2, which TensorFlow.js reads. It goes by what stands in the
 * file alone.
 */

type Json = null | boolean | number | string | readonly Json[] | Fields
interface Fields {
  readonly [name: string]: Json
}

/** {class_name, config} of Keras 2 from config.json of a .keras file. */
export function keras2Topology(config: object): object {
  return translated(config as Fields) as object
}

/** Settings that have another name. */
const RENAMED: { readonly [name: string]: string } = { batch_shape: 'batch_input_shape' }
const RENAMED_OF: { readonly [layer: string]: { readonly [name: string]: string } } = {
  LeakyReLU: { negative_slope: 'alpha' }
}

function translated(value: Json): Json {
  if (Array.isArray(value)) return value.map(translated)
  if (!isFields(value)) return value
  const { class_name: kind, config } = value
  if (typeof kind !== 'string' || !isFields(config)) return mapped(value)
  const names = { ...RENAMED, ...RENAMED_OF[kind] }
  const renamed = Object.entries(mapped(config)).map(([name, one]) => [names[name] ?? name, one] as const)
  const { name, inbound_nodes: nodes } = value
  return {
    class_name: kind,
    config: Object.fromEntries(renamed),
    ...(name === undefined ? {} : { name }),
    ...(Array.isArray(nodes) ? { inbound_nodes: nodes.map(inbound) } : {})
  }
}

/** {args: [tensor or tensors]} → [[layer, 0, 0, {}], …] */
function inbound(node: Json): Json {
  const args = (node as { readonly args: readonly Json[] }).args
  return args.flat().map((tensor) => {
    const { keras_history: history } = (tensor as { readonly config: Fields }).config
    return [...(history as readonly Json[]), {}]
  })
}

function mapped(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, translated(value)]))
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
