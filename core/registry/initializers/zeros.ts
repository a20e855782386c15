import { defineInitializer } from '../define'

/** All zeros: right for biases; a kernel of zeros makes all neurons learn the same. */
export default defineInitializer({
  type: 'zeros',
  title: 'Zeros',
  summary: 'Everything starts at 0.',
  fields: {},
  values: (_config, { size }) => new Float32Array(size),
  keras: () => ({ class: 'Zeros', config: {} }),
  moments: () => ({ mean: 0, std: 0 })
})
