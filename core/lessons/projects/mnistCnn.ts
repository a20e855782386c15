import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, seeds, plan, type LessonProject } from './define'

const start = {
  activation: part('relu'),
  kernelInitializer: part('truncatedNormal', { std: 0.1 }),
  biasInitializer: part('constant', { value: 0.1 })
}

/** Two stages of convolution and pooling, then a wide dense layer. */
export const mnistCnn: LessonProject = {
  id: 'mnist-cnn',
  title: 'Digits with convolutions',
  topic: 'Digits',
  goal: 'Read digits with two stages of convolution and look at the filters they learn.',
  document: chainProject({
    name: 'Digits with convolutions',
    source: part('mnist', { heldOut: 'test' }),
    split: { train: 1, test: 0 },
    layers: [
      ['conv1', 'conv2d', { filters: 32, kernelSize: 5, padding: 'same', ...start }],
      ['pool1', 'maxPooling2d', { poolSize: 2 }],
      ['conv2', 'conv2d', { filters: 64, kernelSize: 5, padding: 'same', ...start }],
      ['pool2', 'maxPooling2d', { poolSize: 2 }],
      ['flatten', 'flatten', {}],
      ['hidden', 'dense', { units: 1024, ...start }],
      ['dropout', 'dropout', { rate: 0.5 }],
      ['output', 'dense', { units: 10, ...start, activation: part('softmax') }]
    ],
    output: { reduction: 'sum' },
    optimizer: part('adam', { learningRate: 0.0001 }),
    epochs: 1,
    steps: 200,
    batchSize: 50,
    lesson: 'mnist-cnn'
  }),
  verify: {
    full: {
      runs: [
        { name: 'plain', seeds: seeds(3) },
        {
          name: 'left to run',
          seeds: [0],
          changes: { 'training.epochs': 5, 'training.stopAt.steps': 6000 }
        }
      ],
      claims: [
        { of: 'plain', ...atLeast('testAccuracy', 0.88) },
        { of: 'plain', ...atLeast('testAccuracy', 0.895, { by: 'mean' }) },
        { of: 'left to run', ...atLeast('testAccuracy', 0.985) }
      ]
    },
    quick: plan(
      { seeds: [0], steps: 60, changes: { 'data.source.heldOutSamples': 500 } },
      atLeast('testAccuracy', 0.5)
    )
  }
}
