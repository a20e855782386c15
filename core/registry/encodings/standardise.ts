import { defineEncoding } from '../define'

/** (cell − mean) / standard deviation of the training part, as scikit-learn's StandardScaler. */
export default defineEncoding({
  type: 'standardise',
  title: 'Standardise',
  summary: 'Moves the average to 0 and makes 1 of the usual distance from it.',
  kinds: ['number'],
  names: () => [''],
  fit: (cells) => {
    const mean = cells.reduce((sum, cell) => sum + cell, 0) / cells.length
    const squares = cells.reduce((sum, cell) => sum + (cell - mean) ** 2, 0)
    // A column that is the same everywhere becomes 0.
    return [mean, Math.sqrt(squares / cells.length) || 1]
  },
  apply: ([mean, spread], cell, into, at) => {
    into[at] = (cell - mean!) / spread!
  },
  invert: ([mean, spread], value) => value * spread! + mean!
})
