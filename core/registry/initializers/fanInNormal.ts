import { defineInitializer } from '../define'
import { drawn } from '../../random/bells'

/** N(0, 1) / √fan in, not truncated: the start that many tutorials write out in NumPy. */
export default defineInitializer({
  type: 'fanInNormal',
  title: 'Normal ÷ √inputs',
  summary: 'Bell-shaped numbers, smaller the more inputs a neuron has.',
  fields: {},
  values: (_config, { size, fanIn }, random) => {
    const root = Math.sqrt(fanIn)
    return drawn(size, () => random.normal() / root)
  },
  keras: (_config, dialect) => ({
    class: 'VarianceScaling',
    config: {
      scale: 1,
      mode: dialect === 'tfjs' ? 'fanIn' : 'fan_in',
      distribution: dialect === 'tfjs' ? 'normal' : 'untruncated_normal',
      seed: null
    }
  }),
  moments: (_config, { fanIn }) => ({ mean: 0, std: 1 / Math.sqrt(fanIn) })
})
