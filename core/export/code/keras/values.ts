import type { KerasConfig, KerasObject, KerasValue } from '../../../registry/define'
import { isKerasObject } from '../../keras/network'
import { snakeCase } from '../../keras/keras3'
import type { Argument, Expression } from '../lines'
import { pythonFloat, pythonValue } from '../python'
import { penaltyOf, saidOf } from './usual'

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
  return saidOf(name, config).map(([key, value]) => ({
    name: key,
    value: typeof value === 'number' && FLOATS.has(key) ? pythonFloat(value) : written(value)
  }))
}

/** With nothing to be said about it an initializer is its name alone: "he_normal". */
function written(value: KerasValue): Expression {
  if (!isKerasObject(value)) return pythonValue(value as Parameters<typeof pythonValue>[0])
  const bare = value.module === 'initializers' && saidOf(value.class, value.config).length === 0
  if (bare) return JSON.stringify(snakeCase(value.class))
  if (value.class === 'L1L2') return kerasCall(penaltyOf(value))
  if (value.module !== 'layers') return kerasCall(value)
  // The name of a layer within a layer is nobody's concern.
  const { name: _, ...config } = value.config
  return kerasCall({ ...value, config })
}

/** Keras takes no whole numbers here. */
const FLOATS = new Set(['initial_learning_rate', 'warmup_target', 'end_learning_rate'])
