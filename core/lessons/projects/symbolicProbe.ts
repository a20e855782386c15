import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, atMost, plan, type LessonProject } from './define'

// 0.2 · 1 + 0.7 · 1, in numbers of 32 bits.
const sum = [atLeast('answerToOnes', 0.899999), atMost('answerToOnes', 0.900001)]
// The weights are those set by hand: a single step of no length leaves them.
const still = { seeds: [0], steps: 1, changes: { 'training.optimizer.learningRate': 0 } }

/** What one neuron works out, by hand. */
export const symbolicProbe: LessonProject = {
  id: 'symbolic-probe',
  title: 'A weighted sum',
  topic: 'Points in the plane',
  goal: 'Follow one neuron through its arithmetic: 0.2 · 1 + 0.7 · 1 = 0.9.',
  document: chainProject({
    name: 'A weighted sum',
    source: part('plane', { samples: 100, noise: 0 }),
    split: { train: 1, test: 0 },
    layers: [['sum', 'dense', { units: 1, activation: part('linear'), useBias: false }]],
    output: { loss: part('meanSquaredError') },
    optimizer: part('sgd', { learningRate: 0.01 }),
    epochs: 100,
    lesson: 'symbolic-probe'
  }),
  weights: { sum: { kernel: [[0.2], [0.7]] } },
  verify: { full: plan(still, ...sum), quick: plan(still, ...sum) }
}
