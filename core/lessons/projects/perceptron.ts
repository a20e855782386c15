import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, atMost, plan, seeds, type LessonProject } from './define'

const learned = [atLeast('trainAccuracy', 1), atMost('perfectEpoch', 10)]

/** Rosenblatt's perceptron on two kinds of irises. */
export const perceptron: LessonProject = {
  id: 'perceptron',
  title: 'The perceptron',
  topic: 'Points in the plane',
  goal: 'Watch the oldest rule of all part two kinds of flowers without a mistake.',
  document: chainProject({
    name: 'The perceptron',
    source: part('iris', { features: 'both', kinds: 'two' }),
    split: { train: 1, test: 0 },
    layers: [['neuron', 'dense', { units: 1, activation: part('step'), kernelInitializer: part('zeros') }]],
    output: { loss: part('perceptron') },
    optimizer: part('sgd', { learningRate: 0.1 }),
    epochs: 10,
    batchSize: 1,
    lesson: 'perceptron'
  }),
  verify: { full: plan({ seeds: seeds(8) }, ...learned), quick: plan({ seeds: seeds(3) }, ...learned) }
}
