import { inputs, noise, pointRows, samples, twoClasses } from '../../data/points/shared'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

/** Two circles around the origin with Gaussian noise, the outer of radius 1: scikit-learn's make_circles. */
export default defineSource({
  type: 'circles',
  title: 'Two circles',
  summary: 'A thin circle of points inside another one.',
  icon: 'circle-dot',
  fields: {
    samples,
    noise: noise({ default: 0.05, max: 1, help: 'How far points stray from their circle.' }),
    factor: {
      kind: 'float',
      label: 'Inner size',
      help: 'How large the inner circle is, as a share of the outer one.',
      default: 0.5,
      min: 0,
      max: 0.99,
      step: 0.05
    },
    inputs
  },
  describe: twoClasses('outer', 'inner'),
  generate: ({ samples: rows, noise: std, factor }, { seed }) => {
    const random = randomStream(seed, 'data/circles')
    const outer = Math.floor(rows / 2)
    return pointRows(rows, (i) => {
      const inside = i >= outer
      const angle = 2 * Math.PI * (inside ? (i - outer) / (rows - outer) : i / outer)
      const radius = inside ? factor : 1
      return [
        radius * Math.cos(angle) + std * random.normal(),
        radius * Math.sin(angle) + std * random.normal(),
        inside ? 1 : 0
      ]
    })
  }
})
