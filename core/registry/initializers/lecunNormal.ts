import { defineInitializer } from '../define'
import { scaledNormal } from '../../random/bells'

/** Truncated normal with variance 1 / fan in: LeCun et al., 1998. Keras: LecunNormal. */
export default defineInitializer({
  type: 'lecunNormal',
  title: 'LeCun normal',
  summary: 'Bell-shaped numbers, sized to suit layers whose numbers keep their size.',
  fields: {},
  values: (_config, { size, fanIn }, random) => scaledNormal(size, Math.sqrt(1 / fanIn), random),
  keras: (_config, dialect) => ({
    class: dialect === 'tfjs' ? 'LeCunNormal' : 'LecunNormal',
    config: { seed: null }
  }),
  moments: (_config, { fanIn }) => ({ mean: 0, std: Math.sqrt(1 / fanIn) })
})
