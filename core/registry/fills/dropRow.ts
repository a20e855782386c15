import { defineFill } from '../define'

/** Nothing: the row is left out of the data. */
export default defineFill({
  type: 'dropRow',
  title: 'Leave the row out',
  summary: 'Rows without a value here are not used at all.',
  kinds: ['number', 'category', 'datetime', 'text'],
  drops: true,
  fit: () => NaN
})
