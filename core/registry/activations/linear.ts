import { defineActivation } from '../define'

/** f(z) = z */
export default defineActivation({
  type: 'linear',
  title: 'Linear',
  summary: 'Passes the number on as it is.',
  fields: {},
  formula: 'z',
  glyph: { curve: (x) => x },
  range: [-Infinity, Infinity],
  keras: () => 'linear',
  forward: (_ops, x) => x,
  examples: [{ config: {}, x: [-2, 0, 3], y: [-2, 0, 3] }]
})
