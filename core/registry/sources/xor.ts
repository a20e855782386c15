import { inputs, playgroundNoise, pointRows, samples, twoClasses } from '../../data/points/shared'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

/** Four squares, 0.3 away from the axes; opposite ones share a class: the classic browser playground's xor. */
export default defineSource({
  type: 'xor',
  title: 'Checkerboard',
  summary: 'Four squares; those across from each other belong together.',
  icon: 'grid-2x2',
  fields: { samples, noise: playgroundNoise, inputs },
  describe: twoClasses('different signs', 'same signs'),
  generate: (config, { seed }) => {
    const random = randomStream(seed, 'data/xor')
    const apart = (v: number): number => v + (v > 0 ? 0.3 : -0.3)
    return pointRows(config.samples, () => {
      const x = apart(10 * random.uniform() - 5)
      const y = apart(10 * random.uniform() - 5)
      const shakenX = x + (10 * random.uniform() - 5) * config.noise
      const shakenY = y + (10 * random.uniform() - 5) * config.noise
      return [x, y, shakenX * shakenY >= 0 ? 1 : 0]
    })
  }
})
