import { defineFill } from '../define'

/** The mean of the known cells. */
export default defineFill({
  type: 'mean',
  title: 'Average',
  summary: 'The average of the column.',
  kinds: ['number', 'datetime'],
  fit: (cells) => cells.reduce((sum, cell) => sum + cell, 0) / cells.length
})
