import { defineInitializer } from '../define'

/** N(mean, std²). */
export default defineInitializer({
  type: 'randomNormal',
  title: 'Normal',
  summary: 'Bell-shaped random numbers of a spread you choose.',
  fields: {
    mean: {
      kind: 'float',
      label: 'Centre',
      help: 'The middle of the bell.',
      default: 0,
      min: -100,
      max: 100,
      step: 0.05
    },
    std: {
      kind: 'float',
      label: 'Spread',
      help: 'The width of the bell.',
      default: 0.05,
      min: 0,
      max: 100,
      step: 0.05
    }
  },
  values: (config, { size }, random) =>
    Float32Array.from({ length: size }, () => config.mean + config.std * random.normal()),
  moments: (config) => ({ mean: config.mean, std: config.std })
})
