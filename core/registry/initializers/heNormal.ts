import { defineInitializer } from '../define'
import { scaledNormal } from '../../random/bells'

/** Truncated normal with variance 2 / fan in: He et al., 2015. Keras: HeNormal. */
export default defineInitializer({
  type: 'heNormal',
  title: 'He normal',
  summary: 'Bell-shaped numbers, sized to suit ReLU.',
  fields: {},
  values: (_config, { size, fanIn }, random) => scaledNormal(size, Math.sqrt(2 / fanIn), random),
  keras: () => ({ class: 'HeNormal', config: { seed: null } }),
  moments: (_config, { fanIn }) => ({ mean: 0, std: Math.sqrt(2 / fanIn) })
})
