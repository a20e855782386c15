import { inputs, noise, pointRows, samples, twoClasses } from '../../data/points/shared'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

/** Two interleaving half circles with Gaussian noise: scikit-learn's make_moons. */
export default defineSource({
  type: 'moons',
  title: 'Two moons',
  summary: 'Two half circles that reach into each other.',
  icon: 'chart-scatter',
  fields: {
    samples,
    noise: noise({
      default: 0.2,
      max: 1,
      help: 'How far points stray from their moon. At 0.2 the moons touch.'
    }),
    inputs
  },
  describe: twoClasses('upper', 'lower'),
  generate: (config, { seed }) => {
    const random = randomStream(seed, 'data/moons')
    const outer = Math.floor(config.samples / 2)
    return pointRows(config.samples, (i) => {
      const upper = i < outer
      const last = (upper ? outer : config.samples - outer) - 1
      const t = (Math.PI * (upper ? i : i - outer)) / Math.max(1, last)
      return [
        (upper ? Math.cos(t) : 1 - Math.cos(t)) + config.noise * random.normal(),
        (upper ? Math.sin(t) : 0.5 - Math.sin(t)) + config.noise * random.normal(),
        upper ? 0 : 1
      ]
    })
  }
})
