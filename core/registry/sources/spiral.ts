import { inputs, playgroundNoise, pointRows, samples, twoClasses } from '../../data/points/shared'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

/** Two spiral arms of 1.75 turns, radius up to 5: the classic browser playground's spiral. */
export default defineSource({
  type: 'spiral',
  title: 'Spiral',
  summary: 'Two arms wound around each other. Hard: needs several neurons.',
  icon: 'tornado',
  fields: { samples, noise: playgroundNoise, inputs },
  describe: twoClasses('second arm', 'first arm'),
  generate: (config, { seed }) => {
    const random = randomStream(seed, 'data/spiral')
    const arm = Math.floor(config.samples / 2)
    return pointRows(config.samples, (i) => {
      const first = i < arm
      const share = first ? i / arm : (i - arm) / (config.samples - arm)
      const t = 1.75 * share * 2 * Math.PI + (first ? 0 : Math.PI)
      return [
        5 * share * Math.sin(t) + (2 * random.uniform() - 1) * config.noise,
        5 * share * Math.cos(t) + (2 * random.uniform() - 1) * config.noise,
        first ? 1 : 0
      ]
    })
  }
})
