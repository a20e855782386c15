import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, atMost, type LessonProject, type Plan } from './define'

const all: Plan = {
  runs: [
    { name: 'plain', seeds: [0] },
    { name: 'too fast', seeds: [0], changes: { 'training.optimizer.learningRate': 0.01 } },
    {
      name: 'on one scale',
      seeds: [0],
      changes: { 'training.optimizer.learningRate': 0.01, 'data.source.standardise': true }
    }
  ],
  claims: [
    { of: 'plain', ...atMost('diverged', 0) },
    { of: 'plain', ...atMost('lossShare', 0.95) },
    { of: 'too fast', ...atLeast('diverged', 1) },
    { of: 'on one scale', ...atMost('diverged', 0) },
    { of: 'on one scale', ...atLeast('trainAccuracy', 1) }
  ]
}

/** A linear neuron trained on the sum of squared errors, with one step a pass over all flowers. */
export const adaline: LessonProject = {
  id: 'adaline',
  title: 'Adaline',
  topic: 'Points in the plane',
  goal: 'See gradient descent diverge when the learning rate is too large, and converge once the features are on one scale.',
  document: chainProject({
    name: 'Adaline',
    source: part('iris', { features: 'both', kinds: 'two' }),
    split: { train: 1, test: 0 },
    layers: [['neuron', 'dense', { units: 1, activation: part('linear'), kernelInitializer: part('zeros') }]],
    output: { loss: part('halfSquaredError'), reduction: 'sum' },
    optimizer: part('sgd', { learningRate: 0.0001 }),
    epochs: 30,
    pinned: ['training.optimizer.learningRate', 'data.source.standardise'],
    lesson: 'adaline'
  }),
  verify: { full: all, quick: all }
}
