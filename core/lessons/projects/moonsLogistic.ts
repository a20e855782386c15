import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, atMost, plan, seeds, type LessonProject } from './define'

const band = [atLeast('trainAccuracy', 0.83), atMost('trainAccuracy', 0.88)]

/** A straight line through two moons. */
export const moonsLogistic: LessonProject = {
  id: 'moons-logistic',
  title: 'Logistic regression',
  topic: 'Points in the plane',
  goal: 'See how far a straight line gets, and why no line can part two moons.',
  document: chainProject({
    name: 'Logistic regression',
    source: part('moons', { samples: 200, noise: 0.2 }),
    split: { train: 1, test: 0 },
    layers: [['output', 'dense', { units: 2, activation: part('softmax') }]],
    optimizer: part('sgd', { learningRate: 0.5 }),
    epochs: 1000,
    lesson: 'moons-logistic'
  }),
  verify: { full: plan({ seeds: seeds(3) }, ...band), quick: plan({ seeds: [0] }, ...band) }
}
