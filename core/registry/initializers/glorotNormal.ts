import { defineInitializer } from '../define'
import { scaledNormal } from '../../random/bells'

/** Truncated normal with variance 2 / (fan in + fan out): Glorot and Bengio, 2010. Keras: GlorotNormal. */
export default defineInitializer({
  type: 'glorotNormal',
  title: 'Glorot normal',
  summary: 'Bell-shaped small numbers, sized to suit tanh.',
  fields: {},
  values: (_config, { size, fanIn, fanOut }, random) =>
    scaledNormal(size, Math.sqrt(2 / (fanIn + fanOut)), random),
  keras: () => ({ class: 'GlorotNormal', config: { seed: null } }),
  moments: (_config, { fanIn, fanOut }) => ({ mean: 0, std: Math.sqrt(2 / (fanIn + fanOut)) })
})
