import { part } from '../../registry/define'
import { schemeProject } from '../../templates/chainProject'
import { atLeast, plan, type LessonProject } from './define'

const layer = (units: number, activation: string) => ({ units, activation: part(activation) })

/** A forger of points on a ring of eight clouds, and a judge. */
export const gan2d: LessonProject = {
  id: 'gan-2d',
  title: 'Forger and judge',
  topic: 'Points in the plane',
  goal: 'Let one network make up points until another cannot tell them from real ones.',
  document: schemeProject({
    name: 'Forger and judge',
    source: part('ring', { samples: 2048, clouds: 8, noise: 0.1 }),
    split: { train: 1, test: 0 },
    scheme: part('adversarial'),
    networks: [
      {
        id: 'generator',
        name: 'Forger',
        chain: [
          ['noise', 'noise', { size: 2 }],
          ['forger1', 'dense', layer(64, 'relu')],
          ['forger2', 'dense', layer(64, 'relu')],
          ['point', 'dense', layer(2, 'linear')],
          ['made', 'sample', {}]
        ]
      },
      {
        id: 'discriminator',
        name: 'Judge',
        chain: [
          ['data', 'data', {}],
          ['judge1', 'dense', layer(64, 'relu')],
          ['judge2', 'dense', layer(64, 'relu')],
          ['verdict', 'dense', layer(1, 'sigmoid')],
          ['judgement', 'judgement', {}]
        ]
      }
    ],
    optimizer: part('adam', { learningRate: 0.001, beta1: 0.5 }),
    epochs: 625,
    batchSize: 128,
    lesson: 'gan-2d'
  }),
  verify: {
    // Two steps a round, 16 steps an epoch: 5,000 rounds.
    full: plan(
      { seeds: [0, 1, 2, 3] },
      atLeast('modesFound', 6, { by: 3 }),
      atLeast('nearModes', 0.6, { by: 3 })
    ),
    quick: plan(
      { seeds: [0], changes: { 'training.epochs': 250 } },
      atLeast('modesFound', 6),
      atLeast('nearModes', 0.6)
    )
  }
}
