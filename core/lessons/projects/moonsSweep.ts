import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, atMost, type Claim, type LessonProject, type Runs } from './define'

const start = part('fanInNormal')
// The tutorial's penalty is 0.01/2 · ‖W‖²; Keras' L2 has no half.
const penalty = part('l2', { rate: 0.005 })
const SIZES = [1, 2, 3, 4, 5, 20, 50] as const
const named = (size: number): string => `${size} hidden`

const runs = (sizes: readonly number[], more: Partial<Runs>): readonly Runs[] =>
  sizes.map((size) => ({
    name: named(size),
    seeds: [0],
    ...more,
    changes: { 'nodes.hidden.units': size, ...more.changes }
  }))

/** One neuron bends nothing; three and more get round the moons. */
const claims = (sizes: readonly number[]): readonly Claim[] =>
  sizes.flatMap((size) =>
    size <= 2
      ? [{ of: named(size), ...atMost('trainAccuracy', 0.93) }]
      : [
          { of: named(size), ...atLeast('trainAccuracy', 0.94) },
          { of: named(size), ...atLeast('validationAccuracy', 0.92) }
        ]
  )

/** The same network with 1 to 50 hidden neurons. */
export const moonsSweep: LessonProject = {
  id: 'moons-sweep',
  title: 'How many neurons?',
  topic: 'Points in the plane',
  goal: 'Compare hidden layers of 1 to 50 neurons on the same points and on 2,000 fresh ones.',
  document: chainProject({
    name: 'How many neurons?',
    source: part('moons', { samples: 2200, noise: 0.2 }),
    split: { train: 200, test: 0 },
    layers: [
      [
        'hidden',
        'dense',
        { units: 3, activation: part('tanh'), kernelInitializer: start, kernelRegularizer: penalty }
      ],
      [
        'output',
        'dense',
        { units: 2, activation: part('softmax'), kernelInitializer: start, kernelRegularizer: penalty }
      ]
    ],
    output: { reduction: 'sum' },
    optimizer: part('sgd', { learningRate: 0.01 }),
    epochs: 20_000,
    pace: 'full',
    pinned: ['nodes.hidden.units'],
    lesson: 'moons-sweep'
  }),
  verify: {
    full: { runs: runs(SIZES, {}), claims: claims(SIZES) },
    quick: { runs: runs([1, 4], { changes: { 'training.epochs': 4000 } }), claims: claims([1, 4]) }
  }
}
