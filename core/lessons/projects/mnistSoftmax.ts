import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, plan, seeds, type LessonProject } from './define'

/** One layer from pixels to digits. */
export const mnistSoftmax: LessonProject = {
  id: 'mnist-softmax',
  title: 'Digits with one layer',
  topic: 'Digits',
  goal: 'Tell digits apart with a single layer, and look at the ten pictures it has learned.',
  document: chainProject({
    name: 'Digits with one layer',
    source: part('mnist', { heldOut: 'test' }),
    split: { train: 1, test: 0 },
    layers: [
      ['flatten', 'flatten', {}],
      ['output', 'dense', { units: 10, activation: part('softmax'), kernelInitializer: part('zeros') }]
    ],
    output: { reduction: 'sum' },
    optimizer: part('sgd', { learningRate: 0.01 }),
    epochs: 2,
    steps: 1000,
    batchSize: 100,
    lesson: 'mnist-softmax'
  }),
  verify: {
    full: plan({ seeds: seeds(3) }, atLeast('testAccuracy', 0.9)),
    quick: plan({ seeds: [0], steps: 400 }, atLeast('testAccuracy', 0.87))
  }
}
