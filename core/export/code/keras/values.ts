import type { KerasConfig, KerasObject, KerasValue } from '../../../registry/define'
import { isKerasObject } from '../../keras/network'
import { snakeCase } from '../../keras/keras3'
import type { Argument, Expression } from '../lines'
import { pythonFloat, pythonValue } from '../python'

/** An object of Keras as Python: layers.Dense(units=3, activation="tanh"). What is as Keras has it anyway is not said. */
export function kerasCall(
  { module, class: name, config }: KerasObject,
  more: readonly Argument[] = []
): Expression {
  const place = module === 'layers' ? 'layers' : `keras.${module}`
  return { call: `${place}.${name}`, args: [...kerasArguments(name, config), ...more] }
}

/** Settings of an object of this class as arguments, without those that are as Keras has them anyway. */
export function kerasArguments(name: string, config: KerasConfig): readonly Argument[] {
  return Object.entries(config)
    .filter(([key, value]) => !isUsual(name, key, value, config))
    .map(([key, value]) => ({
      name: key,
      value: typeof value === 'number' && FLOATS.has(key) ? pythonFloat(value) : written(value)
    }))
}

/** With nothing to be said about it an initializer is its name alone: "he_normal". */
function written(value: KerasValue): Expression {
  if (!isKerasObject(value)) return pythonValue(value as Parameters<typeof pythonValue>[0])
  const bare = value.module === 'initializers' && kerasArguments(value.class, value.config).length === 0
  if (bare) return JSON.stringify(snakeCase(value.class))
  if (value.class === 'L1L2') return penalty(value)
  if (value.module !== 'layers') return kerasCall(value)
  // The name of a layer within a layer is nobody's concern.
  const { name: _, ...config } = value.config
  return kerasCall({ ...value, config })
}

/** Of the two penalties only those that are there: L2(l2=0.001). */
function penalty({ module, config }: KerasObject): Expression {
  const there = Object.entries(config).filter(([, rate]) => rate !== 0)
  const name = there.length === 1 ? there[0]![0].toUpperCase() : 'L1L2'
  return kerasCall({ module, class: name, config: Object.fromEntries(there) })
}

/** Keras takes no whole numbers here. */
const FLOATS = new Set(['initial_learning_rate', 'warmup_target', 'end_learning_rate'])

/** What Keras 3 takes where nothing is said: the same in all classes that have a setting of that name. */
const USUAL: { readonly [setting: string]: string } = {
  activity_regularizer: 'null',
  alpha_constraint: 'null',
  alpha_initializer: 'zeros',
  alpha_regularizer: 'null',
  beta_initializer: 'zeros',
  bias_initializer: 'zeros',
  bias_regularizer: 'null',
  center: 'true',
  data_format: '"channels_last"',
  embeddings_constraint: 'null',
  embeddings_regularizer: 'null',
  gain: '1',
  gamma_initializer: 'ones',
  go_backwards: 'false',
  groups: '1',
  interpolation: '"nearest"',
  kernel_constraint: 'null',
  kernel_initializer: 'glorot_uniform',
  kernel_regularizer: 'null',
  mask_zero: 'false',
  moving_mean_initializer: 'zeros',
  moving_variance_initializer: 'ones',
  output_padding: 'null',
  recurrent_constraint: 'null',
  recurrent_dropout: '0',
  recurrent_initializer: 'orthogonal',
  recurrent_regularizer: 'null',
  reset_after: 'true',
  return_sequences: 'false',
  return_state: 'false',
  seed: 'null',
  shared_axes: 'null',
  stateful: 'false',
  unit_forget_bias: 'true',
  unroll: 'false',
  use_bias: 'true',
  // Settings of a training.
  centered: 'false',
  cooldown: '0',
  from_logits: 'false',
  label_smoothing: '0',
  momentum: '0',
  nesterov: 'false'
}

/** Those that mean something else in one class, and are always said there. */
const ALWAYS: { readonly [name: string]: readonly string[] } = { BatchNormalization: ['momentum'] }

function isUsual(name: string, key: string, value: KerasValue, config: KerasConfig): boolean {
  if (ALWAYS[name]?.includes(key)) return false
  if (key === 'dilation_rate' || (key === 'strides' && !('pool_size' in config)))
    return (value as readonly number[]).every((n) => n === 1)
  if (key === 'strides') return String(value) === String(config['pool_size'])
  if (key === 'padding') return value === 'valid'
  if (key === 'activation')
    return value === 'linear' && name !== 'Activation' && !('recurrent_initializer' in config)
  if (key === 'axis') return value === -1
  if (key === 'offset' || key === 'dropout') return value === 0
  const usual = USUAL[key]
  if (usual === undefined) return false
  if (!isKerasObject(value)) return usual === JSON.stringify(value)
  return snakeCase(value.class) === usual && kerasArguments(value.class, value.config).length === 0
}
