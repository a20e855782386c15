import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, atMost, plan, type LessonProject } from './define'

const relu = { activation: part('relu') }

/** Four convolutions on small colour pictures. */
export const cifarCnn4: LessonProject = {
  id: 'cifar-cnn4',
  title: 'Four convolutions',
  topic: 'Colour pictures',
  goal: 'Tell ten kinds of things apart with four convolutions, and see which ones it mixes up.',
  document: chainProject({
    name: 'Four convolutions',
    source: part('cifar10', {}),
    split: { train: 1, test: 0 },
    layers: [
      ['conv1', 'conv2d', { filters: 32, kernelSize: 3, padding: 'same', ...relu }],
      ['conv2', 'conv2d', { filters: 32, kernelSize: 3, padding: 'valid', ...relu }],
      ['pool1', 'maxPooling2d', { poolSize: 2 }],
      ['dropout1', 'dropout', { rate: 0.25 }],
      ['conv3', 'conv2d', { filters: 64, kernelSize: 3, padding: 'same', ...relu }],
      ['conv4', 'conv2d', { filters: 64, kernelSize: 3, padding: 'valid', ...relu }],
      ['pool2', 'maxPooling2d', { poolSize: 2 }],
      ['dropout2', 'dropout', { rate: 0.25 }],
      ['flatten', 'flatten', {}],
      ['hidden', 'dense', { units: 512, ...relu }],
      ['dropout3', 'dropout', { rate: 0.5 }],
      ['output', 'dense', { units: 10, activation: part('softmax') }]
    ],
    optimizer: part('sgd', { learningRate: 0.01, momentum: 0.9, nesterov: true }),
    schedule: part('inverseTime', { decay: 0.000001, interval: 1 }),
    epochs: 6,
    batchSize: 32,
    lesson: 'cifar-cnn4'
  }),
  verify: {
    full: {
      runs: [
        { name: 'plain', seeds: [0] },
        {
          name: 'too fast',
          seeds: [0],
          steps: 600,
          changes: { 'training.optimizer.learningRate': 0.1, 'data.source.heldOutSamples': 1000 }
        }
      ],
      claims: [
        { of: 'plain', ...atLeast('validationAccuracy', 0.64, { epoch: 3 }) },
        { of: 'plain', ...atLeast('validationAccuracy', 0.7, { epoch: 6 }) },
        { of: 'too fast', ...atMost('validationAccuracy', 0.15) }
      ]
    },
    quick: plan(
      { seeds: [0], steps: 120, changes: { 'data.source.heldOutSamples': 500 } },
      atLeast('validationAccuracy', 0.17)
    )
  }
}
