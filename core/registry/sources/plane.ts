import { inputs, oneNumber, playgroundNoise, samples, valueRows } from '../../data/points/shared'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

/**
 * The number rises evenly to the upper right: (x + y) / 10 for x, y in [−6, 6]. Noise moves the place that decides
 * the number, not the point that is shown: the classic browser playground's plane.
 */
export default defineSource({
  type: 'plane',
  title: 'Slope',
  summary: 'Each point has a number, larger the further up and right it is.',
  icon: 'chart-line',
  fields: { samples, noise: playgroundNoise, inputs },
  describe: oneNumber,
  generate: (config, { seed }) => {
    const random = randomStream(seed, 'data/plane')
    const even = (): number => 12 * random.uniform() - 6
    return valueRows(config.samples, () => {
      const [x, y] = [even(), even()]
      return [x, y, (x + even() * config.noise + y + even() * config.noise) / 10]
    })
  }
})
