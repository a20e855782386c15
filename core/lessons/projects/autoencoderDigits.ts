import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atMost, plan, type LessonProject } from './define'

/** 784-64-784: a network that draws what it sees, through a narrow middle. */
export const autoencoderDigits: LessonProject = {
  id: 'autoencoder-digits',
  title: 'Autoencoder',
  topic: 'Digits',
  goal: 'Squeeze digits through 64 numbers and draw them again.',
  document: chainProject({
    name: 'Autoencoder',
    source: part('mnist', { heldOut: 'test', answers: 'picture' }),
    split: { train: 1, test: 0 },
    layers: [
      ['flatten', 'flatten', {}],
      ['code', 'dense', { units: 64, activation: part('relu') }],
      ['drawing', 'dense', { units: 784, activation: part('sigmoid') }],
      ['picture', 'reshape', { to: 'picture', height: 28, width: 28, channels: 1 }]
    ],
    output: { loss: part('meanSquaredError') },
    optimizer: part('adam', { learningRate: 0.001 }),
    epochs: 5,
    batchSize: 64,
    lesson: 'autoencoder-digits'
  }),
  verify: {
    full: plan({ seeds: [0, 1] }, atMost('testLoss', 0.012)),
    quick: plan({ seeds: [0], steps: 500 }, atMost('testLoss', 0.035))
  }
}
