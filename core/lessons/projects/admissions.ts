import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, atMost, seeds, type LessonProject, type Plan } from './define'

const start = part('fanInNormal')

// 900 steps of this length change little: now and then a start that admits everybody still does at the end.
const planOf = (count: number, most: number): Plan => ({
  runs: [
    { name: 'plain', seeds: seeds(count) },
    {
      name: 'too fast',
      seeds: [0],
      changes: { 'training.optimizer.learningRate': 100, 'training.epochs': 10 }
    }
  ],
  claims: [
    { of: 'plain', ...atLeast('testAccuracy', 0.6, { by: most }) },
    { of: 'plain', ...atMost('lossShare', 1) },
    { of: 'plain', ...atMost('rises', 0) },
    { of: 'too fast', ...atLeast('rises', 1) }
  ]
})

/** A small network on a table of applicants. */
export const admissions: LessonProject = {
  id: 'admissions',
  title: 'Student admissions',
  topic: 'Tables',
  goal: 'Predict who is admitted from a table, and notice when the loss is increasing.',
  document: chainProject({
    name: 'Student admissions',
    source: part('admissions', { samples: 400 }),
    split: { train: 0.9, test: 0.1 },
    layers: [
      [
        'hidden',
        'dense',
        { units: 2, activation: part('sigmoid'), useBias: false, kernelInitializer: start }
      ],
      ['output', 'dense', { units: 1, activation: part('sigmoid'), useBias: false, kernelInitializer: start }]
    ],
    output: { loss: part('meanSquaredError') },
    optimizer: part('sgd', { learningRate: 0.005 }),
    epochs: 900,
    pinned: ['training.optimizer.learningRate'],
    lesson: 'admissions'
  }),
  verify: { full: planOf(5, 3), quick: planOf(3, 2) }
}
