import { defineInitializer } from '../define'
import { scaledUniform } from '../../random/bells'

/** U(−a, a) with a = √(6 / fan in): He et al., 2015. Keras: HeUniform. */
export default defineInitializer({
  type: 'heUniform',
  title: 'He uniform',
  summary: 'Evenly spread numbers, sized to suit ReLU.',
  fields: {},
  values: (_config, { size, fanIn }, random) => scaledUniform(size, Math.sqrt(2 / fanIn), random),
  keras: () => ({ class: 'HeUniform', config: { seed: null } }),
  moments: (_config, { fanIn }) => ({ mean: 0, std: Math.sqrt(2 / fanIn) })
})
