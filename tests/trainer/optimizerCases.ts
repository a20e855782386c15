import { clippings, optimizers, schedules } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import { golden } from '../core/helpers/golden'

/** Numbers in nested lists. */
export type Nested = number | readonly Nested[]
/** Numbers of several weights by name. */
export type Weights = { readonly [name: string]: Nested }
/** Keras' arguments in camelCase. */
type Settings = { readonly [name: string]: number | boolean }

/** Weights after each of a few given gradients: see tests/oracles/optimizers.py. */
export interface Reference {
  readonly start: Weights
  readonly gradients: readonly Weights[]
  readonly cases: readonly {
    readonly name: string
    readonly keras: string | null
    readonly config: Settings
    readonly path: readonly Weights[]
  }[]
}
export const reference = golden<Reference>('optimizers.json')

/** What of Keras' arguments is not the optimizer's own here. */
const clipping = {
  clipnorm: ['norm', 'norm'],
  clipvalue: ['value', 'value'],
  globalClipnorm: ['globalNorm', 'norm']
} as const

/** Optimizer, schedule and clipping for Keras' arguments. */
export function ours(keras: string | null, config: Settings) {
  const type =
    { RMSprop: 'rmsprop', SGD: 'sgd', AdamW: 'adamW' }[keras ?? ''] ??
    keras?.toLowerCase() ??
    'previousGradient'
  const { decay, initialAccumulatorValue, ...rest } = config
  const own = Object.fromEntries(Object.entries(rest).filter(([name]) => !(name in clipping)))
  const clip = Object.entries(clipping).find(([name]) => name in config)
  return {
    optimizer: {
      rule: optimizers[type]!,
      config: fullConfig(optimizers[type]!.fields, {
        ...own,
        ...(initialAccumulatorValue === undefined ? {} : { initialAccumulator: initialAccumulatorValue })
      })
    },
    schedule: { rule: schedules['inverseTime']!, config: { decay: decay ?? 0, interval: 1 } },
    clipping: clip
      ? { rule: clippings[clip[1][0]]!, config: { [clip[1][1]]: config[clip[0]]! } }
      : { rule: clippings['none']!, config: {} }
  }
}

/** All numbers of a nested list. */
export const flat = (values: Nested): number[] =>
  typeof values === 'number' ? [values] : values.flatMap((v) => flat(v))
