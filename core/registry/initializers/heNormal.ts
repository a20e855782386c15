import { defineInitializer } from '../define'
import { truncatedNormal } from '../../random/truncatedNormal'

/** Truncated normal with variance 2 / fan in: He et al., 2015. */
export default defineInitializer({
  type: 'heNormal',
  title: 'He normal',
  summary: 'Bell-shaped numbers, sized to suit ReLU.',
  fields: {},
  values: (_config, { size, fanIn }, random) => truncatedNormal(size, Math.sqrt(2 / fanIn), random),
  moments: (_config, fanIn) => ({ mean: 0, std: Math.sqrt(2 / fanIn) })
})
