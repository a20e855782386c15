import { defineInitializer } from '../define'
import { drawn } from '../../random/bells'

/** U(low, high). Keras: RandomUniform(minval, maxval). */
export default defineInitializer({
  type: 'randomUniform',
  title: 'Uniform',
  summary: 'Random numbers spread evenly between two bounds.',
  fields: {
    low: {
      kind: 'float',
      label: 'From',
      help: 'The smallest start.',
      default: -0.05,
      min: -100,
      max: 100,
      step: 0.05
    },
    high: {
      kind: 'float',
      label: 'To',
      help: 'The largest start.',
      default: 0.05,
      min: -100,
      max: 100,
      step: 0.05
    }
  },
  values: (config, { size }, random) =>
    drawn(size, () => config.low + (config.high - config.low) * random.uniform()),
  keras: ({ low, high }) => ({ class: 'RandomUniform', config: { minval: low, maxval: high, seed: null } }),
  fromKeras: { low: 'minval', high: 'maxval' },
  moments: (config) => ({
    mean: (config.low + config.high) / 2,
    std: (config.high - config.low) / Math.sqrt(12)
  })
})
