import { defineFill } from '../define'

/** Nothing: none of the column's categories. */
export default defineFill({
  type: 'empty',
  title: 'None of the categories',
  summary: 'Every category’s number is 0.',
  kinds: ['category'],
  fit: () => NaN
})
