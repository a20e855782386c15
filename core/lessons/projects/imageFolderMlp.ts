import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, plan, type LessonProject } from './define'

const start = { kernelInitializer: part('randomUniform', { low: -0.05, high: 0.05 }) }

/** A dense network on pictures of two kinds. The pictures are drawn by the app. */
export const imageFolderMlp: LessonProject = {
  id: 'image-folder-mlp',
  title: 'Two kinds of pictures',
  topic: 'Colour pictures',
  goal: 'Tell two kinds of pictures apart with a dense network that sees nothing but a row of pixels.',
  document: chainProject({
    name: 'Two kinds of pictures',
    source: part('pictures', { samples: 2000 }),
    dataSeed: 42,
    split: { train: 0.75, test: 0 },
    layers: [
      ['flatten', 'flatten', {}],
      ['hidden1', 'dense', { units: 768, activation: part('relu'), ...start }],
      ['hidden2', 'dense', { units: 384, activation: part('relu'), ...start }],
      ['output', 'dense', { units: 2, activation: part('softmax'), ...start }]
    ],
    output: { loss: part('binaryCrossentropy') },
    optimizer: part('sgd', { learningRate: 0.01 }),
    epochs: 50,
    batchSize: 128,
    lesson: 'image-folder-mlp'
  }),
  verify: {
    full: plan({ seeds: [0, 1, 2] }, atLeast('validationAccuracy', 0.95)),
    quick: plan({ seeds: [0], changes: { 'training.epochs': 5 } }, atLeast('validationAccuracy', 0.85))
  }
}
