import { defineFill } from '../define'

/** The commonest of the known cells; of equally common ones the smallest. */
export default defineFill({
  type: 'mostCommon',
  title: 'Commonest value',
  summary: 'The value that most rows have.',
  kinds: ['number', 'category', 'datetime'],
  fit: (cells) => {
    const counts = new Map<number, number>()
    for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1)
    let best = NaN
    let most = 0
    for (const [cell, count] of counts)
      if (count > most || (count === most && cell < best)) {
        best = cell
        most = count
      }
    return best
  }
})
