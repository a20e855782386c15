import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, plan, type LessonProject } from './define'

const start = { kernelInitializer: part('fanInNormal') }

/** 784-30-10 with sigmoids and plain gradient descent. */
export const mnistMlpSgd: LessonProject = {
  id: 'mnist-mlp-sgd',
  title: 'Thirty hidden neurons',
  topic: 'Digits',
  goal: 'Learn digits with thirty sigmoid neurons and nothing but gradient descent.',
  document: chainProject({
    name: 'Thirty hidden neurons',
    source: part('mnist', { heldOut: 'validation' }),
    split: { train: 1, test: 0 },
    layers: [
      ['flatten', 'flatten', {}],
      ['hidden', 'dense', { units: 30, activation: part('sigmoid'), ...start }],
      ['output', 'dense', { units: 10, activation: part('sigmoid'), ...start }]
    ],
    output: { loss: part('halfSquaredError') },
    optimizer: part('sgd', { learningRate: 3 }),
    epochs: 30,
    batchSize: 10,
    lesson: 'mnist-mlp-sgd'
  }),
  verify: {
    full: plan({ seeds: [0] }, atLeast('validationAccuracy', 0.94)),
    quick: plan(
      { seeds: [0], changes: { 'data.source.samples': 10_000, 'training.epochs': 2 } },
      atLeast('validationAccuracy', 0.85)
    )
  }
}
