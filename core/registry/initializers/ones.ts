import { defineInitializer } from '../define'

/** All ones: right for factors that should change nothing at first. Keras: Ones. */
export default defineInitializer({
  type: 'ones',
  title: 'Ones',
  summary: 'Everything starts at 1.',
  fields: {},
  values: (_config, { size }) => new Float32Array(size).fill(1),
  keras: () => ({ class: 'Ones', config: {} }),
  moments: () => ({ mean: 1, std: 0 })
})
