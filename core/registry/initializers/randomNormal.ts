import { defineInitializer } from '../define'
import { bellMean, bellStd } from '../sharedFields'
import { drawn } from '../../random/bells'

/** N(mean, std²). Keras: RandomNormal(mean, stddev). */
export default defineInitializer({
  type: 'randomNormal',
  title: 'Normal',
  summary: 'Bell-shaped random numbers of a spread you choose.',
  fields: { mean: bellMean, std: bellStd },
  values: ({ mean, std }, { size }, random) => drawn(size, () => mean + std * random.normal()),
  keras: ({ mean, std }) => ({ class: 'RandomNormal', config: { mean, stddev: std, seed: null } }),
  fromKeras: { std: 'stddev' },
  moments: ({ mean, std }) => ({ mean, std })
})
