import { inputs, playgroundNoise, pointRows, samples, twoClasses } from '../../data/points/shared'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

/** Two Gaussian clouds at (2, 2) and (−2, −2), variance 0.5 to 4: the classic browser playground's gauss. */
export default defineSource({
  type: 'gauss',
  title: 'Two clouds',
  summary: 'Two clouds of points, one above the other. A line is enough.',
  icon: 'cloud',
  fields: { samples, noise: playgroundNoise, inputs },
  describe: twoClasses('lower', 'upper'),
  generate: (config, { seed }) => {
    const random = randomStream(seed, 'data/gauss')
    const spread = Math.sqrt(0.5 + 7 * config.noise)
    const first = Math.floor(config.samples / 2)
    return pointRows(config.samples, (i) => {
      const centre = i < first ? 2 : -2
      return [centre + spread * random.normal(), centre + spread * random.normal(), i < first ? 1 : 0]
    })
  }
})
