import { defineInitializer } from '../define'
import { bellMean, bellStd } from '../sharedFields'
import { TRUNCATED_STD, truncatedNormal } from '../../random/bells'

/**
 * N(mean, std²), redrawn beyond two standard deviations, which leaves a spread of 0.88 · std. Keras:
 * TruncatedNormal(mean, stddev).
 */
export default defineInitializer({
  type: 'truncatedNormal',
  title: 'Normal, cut off',
  summary: 'Bell-shaped random numbers, none further from the middle than twice the spread.',
  fields: { mean: bellMean, std: bellStd },
  values: ({ mean, std }, { size }, random) => truncatedNormal(size, mean, std, random),
  keras: ({ mean, std }) => ({ class: 'TruncatedNormal', config: { mean, stddev: std, seed: null } }),
  fromKeras: { std: 'stddev' },
  moments: ({ mean, std }) => ({ mean, std: std * TRUNCATED_STD })
})
