import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, plan, type LessonProject } from './define'

const leaky = { activation: part('leakyRelu', { negativeSlope: 0.01 }) }
// 1e-4 times the sum of squares of all parameters.
const light = {
  kernelRegularizer: part('l2', { rate: 0.0001 }),
  biasRegularizer: part('l2', { rate: 0.0001 })
}

/** Convolutions that let a little through below zero, with a penalty on every weight. */
export const cifarLeaky: LessonProject = {
  id: 'cifar-leaky',
  title: 'Leaky convolutions',
  topic: 'Colour pictures',
  goal: 'Train a small network with leaky neurons and ask it about one picture.',
  document: chainProject({
    name: 'Leaky convolutions',
    source: part('cifar10', {}),
    split: { train: 1, test: 0 },
    layers: [
      ['conv1', 'conv2d', { filters: 64, kernelSize: 3, padding: 'valid', ...leaky, ...light }],
      ['conv2', 'conv2d', { filters: 32, kernelSize: 3, padding: 'valid', ...leaky, ...light }],
      ['pool', 'maxPooling2d', { poolSize: 3, strides: 2 }],
      ['dropout1', 'dropout', { rate: 0.5 }],
      ['flatten', 'flatten', {}],
      ['hidden', 'dense', { units: 128, kernelInitializer: part('orthogonal'), ...leaky, ...light }],
      ['dropout2', 'dropout', { rate: 0.5 }],
      ['output', 'dense', { units: 10, activation: part('softmax'), ...light }]
    ],
    optimizer: part('sgd', { learningRate: 0.01, momentum: 0.9, nesterov: true }),
    epochs: 4,
    batchSize: 32,
    lesson: 'cifar-leaky'
  }),
  verify: {
    full: plan({ seeds: [0] }, atLeast('validationAccuracy', 0.58, { epoch: 4 })),
    quick: plan(
      { seeds: [0], steps: 120, changes: { 'data.source.heldOutSamples': 500 } },
      atLeast('validationAccuracy', 0.2)
    )
  }
}
