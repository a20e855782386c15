import { defineInitializer } from '../define'

/** N(0, 1) / √fan in, not truncated: the start that many tutorials write out in NumPy. */
export default defineInitializer({
  type: 'fanInNormal',
  title: 'Normal ÷ √inputs',
  summary: 'Bell-shaped numbers, smaller the more inputs a neuron has.',
  fields: {},
  values: (_config, { size, fanIn }, random) =>
    Float32Array.from({ length: size }, () => random.normal() / Math.sqrt(fanIn)),
  moments: (_config, fanIn) => ({ mean: 0, std: 1 / Math.sqrt(fanIn) })
})
