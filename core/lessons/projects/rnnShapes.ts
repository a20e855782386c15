import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, atMost, plan, seeds, type LessonProject } from './define'

const STEPS = 32
const adam = part('adam', { learningRate: 0.005 })
const shared = { split: { train: 0.8, test: 0 }, optimizer: adam, batchSize: 32 } as const

/** One class in, many steps out. */
export const rnnOneToMany: LessonProject = {
  id: 'rnn-one-to-many',
  title: 'One to many',
  topic: 'Sequences',
  goal: 'Let a recurrent network draw a wave from nothing but its name.',
  document: chainProject({
    name: 'One to many',
    source: part('waves', { task: 'draw', samples: 1000, steps: STEPS, noise: 0.05 }),
    ...shared,
    layers: [
      ['repeat', 'repeatVector', { n: STEPS }],
      ['memory', 'simpleRnn', { units: 32, returnSequences: true }],
      ['height', 'dense', { units: 1, activation: part('linear') }]
    ],
    output: { loss: part('meanSquaredError') },
    epochs: 60,
    lesson: 'rnn-one-to-many'
  }),
  verify: {
    full: plan({ seeds: seeds(3) }, atMost('validationLoss', 0.01)),
    quick: plan({ seeds: [0], changes: { 'training.epochs': 12 } }, atMost('validationLoss', 0.1))
  }
}

/** Many steps in, one class out. */
export const rnnManyToOne: LessonProject = {
  id: 'rnn-many-to-one',
  title: 'Many to one',
  topic: 'Sequences',
  goal: 'Let a recurrent network listen to a wave and say which kind it is.',
  document: chainProject({
    name: 'Many to one',
    source: part('waves', { task: 'classify', samples: 1000, steps: STEPS, noise: 0.05 }),
    ...shared,
    layers: [
      ['memory', 'simpleRnn', { units: 32 }],
      ['output', 'dense', { units: 3, activation: part('softmax') }]
    ],
    epochs: 40,
    lesson: 'rnn-many-to-one'
  }),
  verify: {
    full: plan({ seeds: seeds(3) }, atLeast('validationAccuracy', 0.95)),
    quick: plan({ seeds: [0], changes: { 'training.epochs': 12 } }, atLeast('validationAccuracy', 0.8))
  }
}

/** Many steps in, an answer at each of them. */
export const rnnManyToMany: LessonProject = {
  id: 'rnn-many-to-many',
  title: 'Many to many',
  topic: 'Sequences',
  goal: 'Let a recurrent network say at each step whether the wave is going up or down.',
  document: chainProject({
    name: 'Many to many',
    source: part('waves', { task: 'label', samples: 1000, steps: STEPS, noise: 0.02 }),
    ...shared,
    layers: [
      ['memory', 'simpleRnn', { units: 16, returnSequences: true }],
      ['output', 'dense', { units: 2, activation: part('softmax') }]
    ],
    epochs: 20,
    lesson: 'rnn-many-to-many'
  }),
  verify: {
    full: plan({ seeds: seeds(3) }, atLeast('validationAccuracy', 0.95)),
    quick: plan({ seeds: [0], changes: { 'training.epochs': 6 } }, atLeast('validationAccuracy', 0.9))
  }
}
