import { defineInitializer } from '../define'

/** One value everywhere. */
export default defineInitializer({
  type: 'constant',
  title: 'Constant',
  summary: 'Everything starts at the same number.',
  fields: {
    value: {
      kind: 'float',
      label: 'Value',
      help: 'The number that every weight starts at.',
      default: 0.1,
      min: -100,
      max: 100,
      step: 0.1
    }
  },
  values: (config, { size }) => new Float32Array(size).fill(config.value),
  keras: ({ value }) => ({ class: 'Constant', config: { value } }),
  moments: (config) => ({ mean: config.value, std: 0 })
})
