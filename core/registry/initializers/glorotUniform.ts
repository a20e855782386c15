import { defineInitializer } from '../define'

/** U(−a, a) with a = √(6 / (fan in + fan out)): Glorot and Bengio, 2010; Keras’ default. */
export default defineInitializer({
  type: 'glorotUniform',
  title: 'Glorot uniform',
  summary: 'Small random numbers, sized to suit tanh.',
  fields: {},
  values: (_config, { size, fanIn, fanOut }, random) => {
    const limit = Math.sqrt(6 / (fanIn + fanOut))
    return Float32Array.from({ length: size }, () => (2 * random.uniform() - 1) * limit)
  },
  moments: (_config, fanIn, fanOut) => ({ mean: 0, std: Math.sqrt(2 / (fanIn + fanOut)) })
})
