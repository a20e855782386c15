import type { KerasConfig, KerasObject, KerasValue } from '../../../registry/define'
import { snakeCase } from '../../keras/keras3'
import { isKerasObject } from '../../keras/network'

/** Settings of an object of this class that have to be said: without those that are as Keras has them anyway. */
export function saidOf(name: string, config: KerasConfig): readonly (readonly [string, KerasValue])[] {
  return Object.entries(config).filter(([key, value]) => !isUsual(name, key, value, config))
}

/** A penalty as Keras has it by itself: of the two only those that are there, L2(l2=0.001). */
export function penaltyOf({ module, config }: KerasObject): KerasObject {
  const there = Object.entries(config).filter(([, rate]) => rate !== 0)
  const name = there.length === 1 ? there[0]![0].toUpperCase() : 'L1L2'
  return { module, class: name, config: Object.fromEntries(there) }
}

/** What Keras takes where nothing is said: the same in all classes that have a setting of that name. */
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
const ALWAYS: { readonly [name: string]: readonly string[] } = {
  BatchNormalization: ['momentum'],
  Softmax: ['axis']
}

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
  return snakeCase(value.class) === usual && saidOf(value.class, value.config).length === 0
}
