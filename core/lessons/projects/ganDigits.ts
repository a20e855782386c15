import { part } from '../../registry/define'
import { schemeProject } from '../../templates/chainProject'
import { atLeast, plan, type LessonProject } from './define'

/** Digits from noise: 64 → 128 → 784 against 784 → 128 → 1. */
export const ganDigits: LessonProject = {
  id: 'gan-digits',
  title: 'Digits that nobody wrote',
  topic: 'Digits',
  goal: 'Let a forger draw digits until a judge takes them for real.',
  document: schemeProject({
    name: 'Digits that nobody wrote',
    source: part('mnist', { heldOut: 'test' }),
    split: { train: 1, test: 0 },
    scheme: part('adversarial'),
    networks: [
      {
        id: 'generator',
        name: 'Forger',
        chain: [
          ['noise', 'noise', { size: 64 }],
          ['forger', 'dense', { units: 128, activation: part('relu') }],
          ['pixels', 'dense', { units: 784, activation: part('sigmoid') }],
          ['picture', 'reshape', { to: 'picture', height: 28, width: 28, channels: 1 }],
          ['made', 'sample', {}]
        ]
      },
      {
        id: 'discriminator',
        name: 'Judge',
        chain: [
          ['data', 'data', {}],
          ['flatten', 'flatten', {}],
          ['judge', 'dense', { units: 128, activation: part('leakyRelu') }],
          ['verdict', 'dense', { units: 1, activation: part('sigmoid') }],
          ['judgement', 'judgement', {}]
        ]
      }
    ],
    optimizer: part('adam', { learningRate: 0.0002, beta1: 0.5 }),
    epochs: 22,
    batchSize: 64,
    lesson: 'gan-digits'
  }),
  verify: {
    // Two steps a round, 938 steps an epoch: about 10,000 rounds.
    full: plan({ seeds: [0] }, atLeast('classesDrawn', 7)),
    quick: plan({ seeds: [0], steps: 4000 }, atLeast('classesDrawn', 4))
  }
}
