import { defineEncoding } from '../define'

/**
 * A number for each category: 1 for the cell's own, 0 for the others. A category that the training part does not have
 * is all 0, as with scikit-learn's OneHotEncoder and handle_unknown="ignore": nothing was learned about it.
 */
export default defineEncoding({
  type: 'oneHot',
  title: 'One number a category',
  summary: 'The row’s own category gets 1, all others 0 (one-hot).',
  kinds: ['category'],
  names: (_, vocabulary) => vocabulary.map((word) => ` = ${word}`),
  fit: (cells, width) => {
    const seen = new Array<number>(width).fill(0)
    for (const cell of cells) if (cell >= 0) seen[cell] = 1
    return seen
  },
  apply: (seen, cell, into, at, width) => {
    into.fill(0, at, at + width)
    if (cell >= 0 && seen[cell] === 1) into[at + cell] = 1
  }
})
