import { defineInitializer } from '../define'
import { scaledUniform } from '../../random/bells'

/** U(−a, a) with a = √(3 / fan in): LeCun et al., 1998. Keras: LecunUniform. */
export default defineInitializer({
  type: 'lecunUniform',
  title: 'LeCun uniform',
  summary: 'Evenly spread numbers, sized to suit layers whose numbers keep their size.',
  fields: {},
  values: (_config, { size, fanIn }, random) => scaledUniform(size, Math.sqrt(1 / fanIn), random),
  keras: (_config, dialect) => ({
    class: dialect === 'tfjs' ? 'LeCunUniform' : 'LecunUniform',
    config: { seed: null }
  }),
  moments: (_config, { fanIn }) => ({ mean: 0, std: Math.sqrt(1 / fanIn) })
})
