import { defineEncoding } from '../define'

/** The number itself. */
export default defineEncoding({
  type: 'none',
  title: 'As it is',
  summary: 'The number itself. Columns with large numbers then count for more at first.',
  kinds: ['number'],
  names: () => [''],
  fit: () => [],
  apply: (_, cell, into, at) => {
    into[at] = cell
  },
  invert: (_, value) => value
})
