import { defineInitializer } from '../define'
import { scaledUniform } from '../../random/bells'

/** U(−a, a) with a = √(6 / (fan in + fan out)): Glorot and Bengio, 2010; Keras’ default, GlorotUniform. */
export default defineInitializer({
  type: 'glorotUniform',
  title: 'Glorot uniform',
  summary: 'Small random numbers, sized to suit tanh.',
  fields: {},
  values: (_config, { size, fanIn, fanOut }, random) =>
    scaledUniform(size, Math.sqrt(2 / (fanIn + fanOut)), random),
  keras: () => ({ class: 'GlorotUniform', config: { seed: null } }),
  moments: (_config, { fanIn, fanOut }) => ({ mean: 0, std: Math.sqrt(2 / (fanIn + fanOut)) })
})
