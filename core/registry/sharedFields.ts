import type { FloatField } from './fields'

/** The learning rate of an optimizer that starts with this one. */
export function learningRate<const D extends number>(value: D) {
  return {
    kind: 'float',
    label: 'Learning rate',
    help: 'How far each step goes. Too small is slow, too large jumps about.',
    default: value,
    min: 0,
    max: 100,
    scale: 'log',
    hot: true
  } as const satisfies FloatField
}

/** The small number that keeps an optimizer's division from blowing up. Keras' default for all of them. */
export const epsilon = {
  kind: 'float',
  label: 'Epsilon',
  help: 'Keeps the division from blowing up.',
  default: 1e-7,
  min: 1e-12,
  max: 1,
  scale: 'log',
  advanced: true
} as const satisfies FloatField

/** β₁ of Adam and its kin. */
export const beta1 = {
  kind: 'float',
  label: 'Memory of direction',
  help: 'β₁: how long past slopes are remembered.',
  default: 0.9,
  min: 0,
  max: 0.9999,
  step: 0.01,
  advanced: true
} as const satisfies FloatField

/** β₂ of Adam and its kin. */
export const beta2 = {
  kind: 'float',
  label: 'Memory of size',
  help: 'β₂: how long past slope sizes are remembered.',
  default: 0.999,
  min: 0,
  max: 0.99999,
  step: 0.001,
  advanced: true
} as const satisfies FloatField

/** How much of the last step an optimizer keeps. */
export const momentum = {
  kind: 'float',
  label: 'Momentum',
  help: 'How much of the last step is kept, like a rolling ball. 0.9 is common.',
  default: 0,
  min: 0,
  max: 0.999,
  step: 0.1
} as const satisfies FloatField

/** λ of a penalty on weights. */
export const penalty = {
  kind: 'float',
  label: 'Strength',
  help: 'How hard it pulls. Start at 0.003; ten times that is a lot.',
  default: 0.003,
  min: 0,
  max: 10,
  scale: 'log',
  hot: true
} as const satisfies FloatField

/** How many epochs a schedule takes for one fall of the learning rate. */
export const everyEpochs = {
  kind: 'int',
  label: 'Every',
  help: 'After how many epochs the learning rate has been lowered once.',
  default: 10,
  min: 1,
  max: 1_000_000,
  unit: 'epochs',
  hot: true
} as const

/** What a schedule lowers the learning rate to, as a share of it. */
export const lowerTo = {
  kind: 'float',
  label: 'Lower to',
  help: 'What is left of the learning rate each time. 0.5 halves it.',
  default: 0.5,
  min: 0.0001,
  max: 1,
  step: 0.1,
  hot: true
} as const satisfies FloatField

/** The share of the learning rate that a schedule ends with. Keras' alpha. */
export const finalShare = {
  kind: 'float',
  label: 'Lowest share',
  help: 'The share of the learning rate that is left at the end.',
  default: 0,
  min: 0,
  max: 1,
  step: 0.05,
  hot: true
} as const satisfies FloatField

/** Does a loss add sigmoid or softmax itself? */
export const fromLogits = {
  kind: 'bool',
  label: 'Answers are logits',
  help: 'On when the last layer has no softmax or sigmoid: the loss adds it.',
  default: false,
  advanced: true
} as const

/** How much of each true answer is spread over all of them. */
export const labelSmoothing = {
  kind: 'float',
  label: 'Smoothing of answers',
  help: 'Asks for a little less than full certainty, against a network too sure of itself. 0.1 is common.',
  default: 0,
  min: 0,
  max: 1,
  step: 0.05,
  advanced: true
} as const satisfies FloatField

/** Where clipping begins. */
export function clipAt(help: string) {
  return {
    kind: 'float',
    label: 'At most',
    help,
    default: 1,
    min: 0.000001,
    max: 1_000_000,
    scale: 'log'
  } as const satisfies FloatField
}

/** The middle of a bell of starting weights. */
export const bellMean = {
  kind: 'float',
  label: 'Centre',
  help: 'The middle of the bell.',
  default: 0,
  min: -100,
  max: 100,
  step: 0.05
} as const satisfies FloatField

/** The width of a bell of starting weights, as a standard deviation. */
export const bellStd = {
  kind: 'float',
  label: 'Spread',
  help: 'The width of the bell.',
  default: 0.05,
  min: 0,
  max: 100,
  step: 0.05
} as const satisfies FloatField
