import { noise, samples } from '../../data/points/shared'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

/** Gaussians with their middles evenly on a circle of radius 2: the usual test of whether a generator finds them all. */
export default defineSource({
  type: 'ring',
  title: 'Ring of clouds',
  summary: 'Small clouds of points on a circle, one class a cloud.',
  icon: 'chart-scatter',
  fields: {
    samples,
    clouds: {
      kind: 'int',
      label: 'Clouds',
      unit: 'clouds',
      help: 'How many clouds there are on the circle.',
      default: 8,
      min: 2,
      max: 12
    },
    noise: noise({ default: 0.1, max: 1, help: 'How wide each cloud is.' })
  },
  describe: ({ samples: rows, clouds }) => ({
    features: ['x', 'y'],
    classes: Array.from({ length: clouds }, (_, i) => `cloud ${i + 1}`),
    shape: [2],
    target: { classes: clouds, shape: [] },
    rows
  }),
  generate: ({ samples: rows, clouds, noise: std }, { seed }) => {
    const random = randomStream(seed, 'data/ring')
    const x = new Float32Array(2 * rows)
    const y = new Int32Array(rows)
    for (let i = 0; i < rows; i++) {
      const cloud = i % clouds
      const angle = (2 * Math.PI * cloud) / clouds
      x[2 * i] = 2 * Math.cos(angle) + std * random.normal()
      x[2 * i + 1] = 2 * Math.sin(angle) + std * random.normal()
      y[i] = cloud
    }
    return { x, y }
  }
})
