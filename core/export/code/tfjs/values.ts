import type { KerasObject, KerasValue } from '../../../registry/define'
import { isKerasObject } from '../../keras/network'
import { penaltyOf, saidOf } from '../keras/usual'
import { numberText, type Argument, type Expression } from '../lines'

/** An object of Keras in TensorFlow.js: tf.layers.dense({ units: 3, activation: "tanh" }). */
export function tfjsCall(
  { module, class: name, config }: KerasObject,
  more: readonly Argument[] = []
): Expression {
  const said = saidOf(name, config).map(([key, value]) => ({ name: camel(key), value: written(value) }))
  const settings = [...said, ...more]
  return {
    call: `tf.${module}.${functionOf(name)}`,
    args: settings.length === 0 ? [] : [{ value: { settings } }]
  }
}

/** "Conv2DTranspose" → "conv2dTranspose", "LSTM" → "lstm", "SimpleRNN" → "simpleRNN": as tf.layers and its like have them. */
function functionOf(name: string): string {
  if (name === 'PReLU' || /^[A-Z\d]+$/.test(name)) return name.toLowerCase()
  return name[0]!.toLowerCase() + name.slice(1).replace(/(\d)D/, '$1d')
}

function written(value: KerasValue): Expression {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (!isKerasObject(value))
    return { list: (value as readonly KerasValue[]).map((one) => ({ value: written(one) })) }
  if (value.module === 'initializers' && saidOf(value.class, value.config).length === 0)
    return JSON.stringify(functionOf(value.class))
  if (value.class === 'L1L2') return tfjsCall(penaltyOf(value))
  const { name: _, ...config } = value.config
  return tfjsCall(value.module === 'layers' ? { ...value, config } : value)
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}
