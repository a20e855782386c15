import { inputs, noise, planeOf, pointRows, samples } from '../../data/points/shared'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

/** Gaussian clouds around centres on a circle of radius 4, one a class. */
export default defineSource({
  type: 'blobs',
  title: 'Blobs',
  summary: 'Several clouds in a ring, one a class.',
  icon: 'flower',
  fields: {
    samples,
    classes: {
      kind: 'int',
      label: 'Classes',
      unit: 'classes',
      help: 'How many clouds there are.',
      default: 3,
      min: 2,
      max: 10
    },
    noise: noise({ default: 0.9, max: 3, help: 'How wide the clouds are.' }),
    inputs
  },
  describe: ({ samples: rows, classes, inputs: chosen }) => ({
    ...planeOf(chosen),
    classes: Array.from({ length: classes }, (_, i) => `cloud ${i + 1}`),
    target: { classes, shape: [] },
    rows
  }),
  generate: (config, { seed }) => {
    const random = randomStream(seed, 'data/blobs')
    return pointRows(config.samples, (i) => {
      const label = i % config.classes
      const angle = (2 * Math.PI * label) / config.classes
      return [
        4 * Math.sin(angle) + config.noise * random.normal(),
        4 * Math.cos(angle) + config.noise * random.normal(),
        label
      ]
    })
  }
})
