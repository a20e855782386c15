import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, atMost, plan, type LessonProject } from './define'

// −log of one in ten is 2.303; starting weights stray around it.
const untrained = [atLeast('untrainedLoss', 2.1), atMost('untrainedLoss', 2.6)]

/** The network of Keras' quickstart. */
export const mnistQuickstart: LessonProject = {
  id: 'mnist-quickstart',
  title: 'Keras quickstart',
  topic: 'Digits',
  goal: 'Train the network of the Keras quickstart and turn its logits into probabilities.',
  document: chainProject({
    name: 'Keras quickstart',
    source: part('mnist', { heldOut: 'test' }),
    split: { train: 1, test: 0 },
    layers: [
      ['flatten', 'flatten', {}],
      ['hidden', 'dense', { units: 128, activation: part('relu') }],
      ['dropout', 'dropout', { rate: 0.2 }],
      ['output', 'dense', { units: 10, activation: part('linear') }]
    ],
    output: { loss: part('crossEntropy', { fromLogits: true }) },
    optimizer: part('adam', { learningRate: 0.001 }),
    epochs: 5,
    batchSize: 32,
    lesson: 'mnist-quickstart'
  }),
  verify: {
    full: plan({ seeds: [0, 1, 2] }, ...untrained, atLeast('testAccuracy', 0.975, { by: 'mean' })),
    quick: plan({ seeds: [0], steps: 600 }, ...untrained, atLeast('testAccuracy', 0.91))
  }
}
