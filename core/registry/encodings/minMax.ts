import { defineEncoding } from '../define'

/** (cell − smallest) / (largest − smallest) of the training part, as scikit-learn's MinMaxScaler. */
export default defineEncoding({
  type: 'minMax',
  title: 'From 0 to 1',
  summary: 'The smallest value becomes 0, the largest 1.',
  kinds: ['number'],
  names: () => [''],
  fit: (cells) => {
    let min = Infinity
    let max = -Infinity
    for (const cell of cells) {
      min = Math.min(min, cell)
      max = Math.max(max, cell)
    }
    return [min, max - min || 1]
  },
  apply: ([min, span], cell, into, at) => {
    into[at] = (cell - min!) / span!
  },
  invert: ([min, span], value) => value * span! + min!
})
