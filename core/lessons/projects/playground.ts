import type { Document } from '../../document/schema'
import { part } from '../../registry/define'
import type { Part } from '../../registry/fields'
import { chainProject, type ChainProject } from '../../templates/chainProject'
import { atLeast, atMost, type LessonProject, type Plan } from './define'

const start = {
  kernelInitializer: part('randomUniform', { low: -0.5, high: 0.5 }),
  biasInitializer: part('constant', { value: 0.1 })
}

const hidden: ChainProject['layers'] = [
  ['hidden1', 'dense', { units: 4, activation: part('tanh'), ...start }],
  ['hidden2', 'dense', { units: 2, activation: part('tanh'), ...start }]
]

/** The classic browser playground as it opens, on these points. */
const playgroundOn = (source: Part, last: string, before = hidden): Document =>
  chainProject({
    name: 'Playground',
    source,
    split: { train: 0.5, test: 0 },
    layers: [...before, ['output', 'dense', { units: 1, activation: part(last), ...start }]],
    output: { loss: part('halfSquaredError') },
    optimizer: part('sgd', { learningRate: 0.03 }),
    epochs: 500,
    batchSize: 10,
    pinned: ['training.optimizer.learningRate', 'data.source.noise', 'training.batchSize'],
    lesson: 'playground'
  })

const classes = (type: string, before = hidden): Document =>
  playgroundOn(part(type, { samples: 500, noise: 0 }), 'tanh', before)
const numbers = (type: string): Document => playgroundOn(part(type, { samples: 1200, noise: 0 }), 'linear')

/** No hidden layer: squares make a circle of what a single neuron parts. */
const squares: ChainProject['layers'] = [
  ['features', 'planeFeatures', { x: false, y: false, xSquared: true, ySquared: true }]
]

const runs = (epochs: number) =>
  ['plain', 'xor', 'gauss', 'plane', 'gaussianRegression', 'features'].map((name) => ({
    name,
    seeds: [0],
    ...(name === 'plain' ? {} : { variant: name }),
    changes: { 'training.epochs': epochs }
  }))

const planOf = (epochs: number, hard: number): Plan => ({
  runs: runs(epochs),
  claims: [
    { of: 'plain', ...atLeast('validationAccuracy', hard) },
    { of: 'xor', ...atLeast('validationAccuracy', hard) },
    { of: 'gauss', ...atLeast('validationAccuracy', 0.98) },
    { of: 'plane', ...atMost('validationLoss', 0.001) },
    { of: 'features', ...atLeast('validationAccuracy', hard) },
    // Without a hill the mean square of the numbers, halved, is 0.043.
    { of: 'gaussianRegression', ...atMost('validationLoss', 0.04) }
  ]
})

/** The classic browser playground's data sets with its own settings. */
export const playground: LessonProject = {
  id: 'playground',
  title: 'Playground',
  topic: 'Points in the plane',
  goal: 'Try what the classic browser playground has: its points, its settings, one change at a time.',
  document: classes('circle'),
  variants: {
    xor: classes('xor'),
    gauss: classes('gauss'),
    spiral: classes('spiral'),
    plane: numbers('plane'),
    gaussianRegression: numbers('gaussianRegression'),
    features: classes('circle', squares)
  },
  verify: { full: planOf(500, 0.95), quick: planOf(300, 0.9) }
}
