import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, plan, seeds, type LessonProject } from './define'

const start = { kernelInitializer: part('randomUniform', { low: -1, high: 1 }), useBias: false }

/** A recurrent network that learns to carry. */
export const binaryAddition: LessonProject = {
  id: 'binary-addition',
  title: 'A network that adds',
  topic: 'Sequences',
  goal: 'Watch a recurrent network find out by itself how to carry the one.',
  document: chainProject({
    name: 'A network that adds',
    source: part('binaryAddition', { samples: 10_100, bits: 8 }),
    split: { train: 10_000, test: 0 },
    layers: [
      [
        'memory',
        'simpleRnn',
        {
          units: 16,
          activation: part('sigmoid'),
          returnSequences: true,
          ...start,
          recurrentInitializer: start.kernelInitializer
        }
      ],
      ['digit', 'dense', { units: 1, activation: part('sigmoid'), ...start }]
    ],
    output: { loss: part('sumOfSquares'), reduction: 'sum' },
    optimizer: part('sgd', { learningRate: 0.1 }),
    epochs: 1,
    batchSize: 1,
    lesson: 'binary-addition'
  }),
  verify: {
    full: plan({ seeds: seeds(3) }, atLeast('rightSums', 0.99)),
    quick: plan({ seeds: [0] }, atLeast('rightSums', 0.99))
  }
}
