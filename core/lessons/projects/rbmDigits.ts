import { part } from '../../registry/define'
import { schemeProject } from '../../templates/chainProject'
import { atMost, plan, type LessonProject } from './define'

/** 784 visible and 64 hidden units, contrastive divergence with one round. */
export const rbmDigits: LessonProject = {
  id: 'rbm-digits',
  title: 'A machine that dreams digits',
  topic: 'Digits',
  goal: 'Learn the strokes that digits are made of, without being told which digit is which.',
  document: schemeProject({
    name: 'A machine that dreams digits',
    source: part('mnist', { heldOut: 'validation', threshold: 128 }),
    split: { train: 1, test: 0 },
    scheme: part('contrastiveDivergence', { rounds: 1 }),
    networks: [
      {
        id: 'machine',
        name: 'Machine',
        chain: [
          ['data', 'data', {}],
          ['rbm', 'rbm', { units: 64 }],
          ['found', 'result', {}]
        ]
      }
    ],
    // 938 updates an epoch: the larger momentum takes over after five.
    optimizer: part('risingMomentum', {
      learningRate: 0.05,
      momentum: 0.5,
      finalMomentum: 0.9,
      risesAt: 4690
    }),
    epochs: 10,
    batchSize: 64,
    lesson: 'rbm-digits'
  }),
  verify: {
    full: plan({ seeds: [0] }, atMost('errorShare', 0.5)),
    quick: plan({ seeds: [0], steps: 500 }, atMost('errorShare', 0.5))
  }
}
