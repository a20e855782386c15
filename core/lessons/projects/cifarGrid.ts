import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, plan, type LessonProject } from './define'

const shown = {
  seeds: [0],
  steps: 1,
  changes: { 'data.source.samples': 1000, 'data.source.heldOutSamples': 100 }
}

/** The ten kinds of pictures, before anything learns. */
export const cifarGrid: LessonProject = {
  id: 'cifar-grid',
  title: 'Looking at data',
  topic: 'Colour pictures',
  goal: 'Look at the data first: one picture of each of the ten kinds.',
  document: chainProject({
    name: 'Looking at data',
    source: part('cifar10', {}),
    split: { train: 1, test: 0 },
    layers: [
      ['flatten', 'flatten', {}],
      ['output', 'dense', { units: 10, activation: part('softmax') }]
    ],
    optimizer: part('sgd', { learningRate: 0.01 }),
    epochs: 1,
    batchSize: 32,
    lesson: 'cifar-grid'
  }),
  verify: { full: plan(shown, atLeast('classesShown', 10)), quick: plan(shown, atLeast('classesShown', 10)) }
}
