import { part, type WeightSpec } from './define'
import type { ConfigOf, Fields, Part } from './fields'
import { kernelAndBias, kernelFields } from './kernelFields'

/* Settings and weights of recurrent layers. */

/** The kinds of cells. A cell turns a step's numbers and its states into its next states. */
export type CellType = 'simpleRnn' | 'lstm' | 'gru'

/** The settings that all recurrent layers have. */
export const recurrentFields = {
  units: {
    kind: 'int',
    label: 'Units',
    unit: 'units',
    help: 'How many numbers it carries from step to step.',
    default: 16,
    min: 1,
    max: 4096
  },
  returnSequences: {
    kind: 'bool',
    label: 'Answer at each step',
    help: 'Off gives one answer after the last step, on one at each step.',
    default: false
  },
  activation: {
    kind: 'part',
    registry: 'activation',
    label: 'Activation',
    help: 'How what is carried on is bent. Tanh is usual.',
    default: part('tanh')
  },
  ...kernelFields,
  recurrentInitializer: {
    kind: 'part',
    registry: 'initializer',
    label: 'Starting memory weights',
    help: 'What the weights from step to step start from. Orthogonal ones neither fade nor grow.',
    default: part('orthogonal'),
    advanced: true
  },
  recurrentRegularizer: {
    kind: 'part',
    registry: 'regularizer',
    label: 'Keep memory weights small',
    help: 'A penalty on large weights from step to step.',
    default: part('none'),
    hot: true,
    advanced: true
  },
  recurrentConstraint: {
    kind: 'part',
    registry: 'constraint',
    label: 'Hold memory weights to',
    help: 'A rule that the weights from step to step are held to.',
    default: part('none'),
    advanced: true
  },
  dropout: {
    kind: 'float',
    label: 'Inputs that rest',
    help: 'Share of the inputs that rest while training, the same ones at all steps.',
    default: 0,
    min: 0,
    max: 0.95,
    step: 0.05,
    advanced: true
  },
  recurrentDropout: {
    kind: 'float',
    label: 'Memory that rests',
    help: 'Share of the carried numbers that rest while training, the same ones at all steps.',
    default: 0,
    min: 0,
    max: 0.95,
    step: 0.05,
    advanced: true
  }
} as const satisfies Fields

/** The activation of gates, for cells that have some. */
export const gateFields = {
  recurrentActivation: {
    kind: 'part',
    registry: 'activation',
    label: 'Gates',
    help: 'How gates open between 0 and 1. Sigmoid is usual.',
    default: part('sigmoid'),
    advanced: true
  }
} as const satisfies Fields

/** How the forget gates of an LSTM start. */
export const forgetFields = {
  unitForgetBias: {
    kind: 'bool',
    label: 'Remember at first',
    help: 'Opens the gates that keep the memory. Where it is off, Starting bias counts.',
    default: true,
    advanced: true
  }
} as const satisfies Fields

/** Which way a sequence is read. */
export const backwardsFields = {
  goBackwards: {
    kind: 'bool',
    label: 'Read backwards',
    help: 'Starts at the last step and ends at the first.',
    default: false,
    advanced: true
  }
} as const satisfies Fields

/** Where a GRU lets go of its memory. */
export const resetFields = {
  resetAfter: {
    kind: 'bool',
    label: 'Reset after the product',
    help: 'On as in Keras and on graphics cards. Off as in the first paper.',
    default: true,
    advanced: true
  }
} as const satisfies Fields

/** The settings that a cell is made from. */
export type RecurrentConfig = ConfigOf<typeof recurrentFields> & {
  readonly recurrentActivation?: Part
  readonly unitForgetBias?: boolean
  readonly resetAfter?: boolean
}

/** How many columns of its kernels a cell has for each unit. */
const GATES = { simpleRnn: 1, lstm: 4, gru: 3 } as const

/** A cell's weights for a step of `inputs` numbers, in Keras' order and with its names. */
export function recurrentWeights(
  cell: CellType,
  config: RecurrentConfig,
  inputs: number
): readonly WeightSpec[] {
  const columns = GATES[cell] * config.units
  const opened = cell === 'lstm' && config.unitForgetBias !== false
  const [kernel, bias] = kernelAndBias(
    opened ? { ...config, biasInitializer: part('openGates', { value: 1 }) } : config,
    [inputs, columns],
    // After the product the memory has biases of its own.
    cell === 'gru' && config.resetAfter !== false ? [2, columns] : [columns]
  )
  return [
    kernel!,
    {
      name: 'recurrent_kernel',
      shape: [config.units, columns],
      initializer: config.recurrentInitializer,
      regularizer: config.recurrentRegularizer,
      constraint: config.recurrentConstraint,
      trainable: true
    },
    ...(bias ? [bias] : [])
  ]
}
