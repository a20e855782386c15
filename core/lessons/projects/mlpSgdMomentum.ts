import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, type LessonProject, type Plan } from './define'

const start = (reach: number) => part('randomUniform', { low: -reach, high: reach })

const planOf = (changes: { readonly [path: string]: number }, ten: number): Plan => ({
  runs: [
    { name: 'plain', seeds: [0], changes },
    { name: '10 hidden', seeds: [0], changes: { ...changes, 'nodes.hidden.units': 10 } }
  ],
  claims: [
    { of: 'plain', ...atLeast('trainAccuracy', 0.8) },
    { of: '10 hidden', ...atLeast('trainAccuracy', ten) }
  ]
})

/** Two inputs, one hidden neuron, one output, trained one sample at a time as in the classic programs. */
export const mlpSgdMomentum: LessonProject = {
  id: 'mlp-sgd-momentum',
  title: 'One sample at a time',
  topic: 'Points in the plane',
  goal: 'Train a network of three neurons one sample at a time, and see what ten hidden neurons add.',
  document: chainProject({
    name: 'One sample at a time',
    source: part('twoFeatures', { samples: 500, noise: 0.05 }),
    split: { train: 1, test: 0 },
    layers: [
      ['hidden', 'dense', { units: 1, activation: part('sigmoid'), kernelInitializer: start(0.2) }],
      ['output', 'dense', { units: 1, activation: part('sigmoid'), kernelInitializer: start(2) }]
    ],
    output: { loss: part('halfSquaredError') },
    optimizer: part('previousGradient', { learningRate: 0.5, momentum: 0.1 }),
    epochs: 200,
    batchSize: 1,
    pinned: ['nodes.hidden.units', 'training.epochs'],
    lesson: 'mlp-sgd-momentum'
  }),
  verify: { full: planOf({}, 0.93), quick: planOf({ 'training.epochs': 60 }, 0.85) }
}
