import { defineRegularizer } from '../define'

/** No penalty. */
export default defineRegularizer({
  type: 'none',
  title: 'Off',
  summary: 'Weights may grow as they like.',
  fields: {},
  rates: () => ({ l1: 0, l2: 0 })
})
