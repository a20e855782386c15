import { inputs, playgroundNoise, pointRows, samples, twoClasses } from '../../data/points/shared'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

/**
 * A disc of radius 2.5 inside a ring from 3.5 to 5; noise moves the point that decides the label, not the point
 * that is shown: the classic browser playground's circle.
 */
export default defineSource({
  type: 'circle',
  title: 'Circle',
  summary: 'A crowd in the middle and a ring around it.',
  icon: 'circle-dot',
  fields: { samples, noise: playgroundNoise, inputs },
  describe: twoClasses('outer', 'inner'),
  generate: (config, { seed }) => {
    const random = randomStream(seed, 'data/circle')
    const inside = Math.floor(config.samples / 2)
    return pointRows(config.samples, (i) => {
      const radius = i < inside ? 2.5 * random.uniform() : 3.5 + 1.5 * random.uniform()
      const angle = 2 * Math.PI * random.uniform()
      const x = radius * Math.sin(angle)
      const y = radius * Math.cos(angle)
      const shakenX = x + (10 * random.uniform() - 5) * config.noise
      const shakenY = y + (10 * random.uniform() - 5) * config.noise
      return [x, y, Math.hypot(shakenX, shakenY) < 2.5 ? 1 : 0]
    })
  }
})
