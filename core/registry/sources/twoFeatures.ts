import { inputs, pointRows, samples, twoClasses } from '../../data/points/shared'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

/** Points in the unit square above and below a wave: label 1 where y > 0.5 + 0.25 · sin(2π x) + noise. */
export default defineSource({
  type: 'twoFeatures',
  title: 'Two columns',
  summary: 'A table with two numbers a row and a yes or no that follows a wave.',
  icon: 'columns-3',
  fields: {
    samples,
    noise: {
      kind: 'float',
      label: 'Noise',
      help: 'How far the border is blurred.',
      default: 0.05,
      min: 0,
      max: 0.5,
      step: 0.01
    },
    inputs
  },
  describe: twoClasses('0', '1'),
  generate: (config, { seed }) => {
    const random = randomStream(seed, 'data/twoFeatures')
    return pointRows(config.samples, () => {
      const x = random.uniform()
      const y = random.uniform()
      const border = 0.5 + 0.25 * Math.sin(2 * Math.PI * x) + config.noise * random.normal()
      return [x, y, y > border ? 1 : 0]
    })
  }
})
