import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, atMost, plan, type LessonProject } from './define'

const relu = { activation: part('relu') }
const conv = (filters: number) => ({ filters, kernelSize: 3, padding: 'same', ...relu })
const drop = { rate: 0.2 }

/** Six convolutions in three stages. */
export const cifarCnn6: LessonProject = {
  id: 'cifar-cnn6',
  title: 'Six convolutions',
  topic: 'Colour pictures',
  goal: 'Make the network deeper and compare what it gains with what it costs.',
  document: chainProject({
    name: 'Six convolutions',
    source: part('cifar10', {}),
    split: { train: 1, test: 0 },
    layers: [
      ...[32, 64, 128].flatMap((filters, i) => [
        [`conv${i + 1}a`, 'conv2d', conv(filters)] as const,
        [`dropout${i + 1}`, 'dropout', drop] as const,
        [`conv${i + 1}b`, 'conv2d', conv(filters)] as const,
        [`pool${i + 1}`, 'maxPooling2d', { poolSize: 2 }] as const
      ]),
      ['flatten', 'flatten', {}],
      ['dropout4', 'dropout', drop],
      ['hidden', 'dense', { units: 1024, ...relu, kernelConstraint: part('maxNorm', { value: 3 }) }],
      ['dropout5', 'dropout', drop],
      ['output', 'dense', { units: 10, activation: part('softmax') }]
    ],
    optimizer: part('sgd', { learningRate: 0.01, momentum: 0.9 }),
    epochs: 4,
    batchSize: 32,
    lesson: 'cifar-cnn6'
  }),
  verify: {
    full: plan({ seeds: [0] }, atLeast('validationAccuracy', 0.63, { epoch: 4 })),
    // −log of one in ten is 2.303: it has begun to learn.
    quick: plan(
      { seeds: [0], steps: 100, changes: { 'data.source.heldOutSamples': 500 } },
      atMost('validationLoss', 2.3)
    )
  }
}
