import { defineFill } from '../define'

/** The middle one of the known cells; of two middle ones their mean. */
export default defineFill({
  type: 'median',
  title: 'Middle value',
  summary: 'The value in the middle: extremes do not move it.',
  kinds: ['number', 'datetime'],
  fit: (cells) => {
    const sorted = cells.slice().sort()
    const { length } = sorted
    return length % 2 === 1 ? sorted[(length - 1) / 2]! : (sorted[length / 2 - 1]! + sorted[length / 2]!) / 2
  }
})
