import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, plan, type LessonProject, type Plan } from './define'

const start = (reach: number) => part('randomUniform', { low: -reach, high: reach })

const TEN = { 'nodes.hidden.units': 10 }
const LONG = { 'training.epochs': 800 }

const claims = [
  { of: 'plain', ...atLeast('trainAccuracy', 0.82) },
  { of: '10 hidden', ...atLeast('trainAccuracy', 0.82) },
  { of: '10 hidden, longer', ...atLeast('trainAccuracy', 0.93) }
] as const

const full: Plan = {
  runs: [
    { name: 'plain', seeds: [0] },
    { name: '10 hidden', seeds: [0], changes: TEN },
    { name: '10 hidden, longer', seeds: [0], changes: { ...TEN, ...LONG } }
  ],
  claims
}

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
    epochs: 100,
    batchSize: 1,
    pinned: ['nodes.hidden.units', 'training.epochs'],
    lesson: 'mlp-sgd-momentum'
  }),
  verify: {
    full,
    quick: plan({ seeds: [0], changes: { 'training.epochs': 40 } }, atLeast('trainAccuracy', 0.82))
  }
}
