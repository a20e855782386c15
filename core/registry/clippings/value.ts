import { defineClipping } from '../define'
import { clipAt } from '../sharedFields'

/** Each number of a gradient within [−value, value]. Keras: clipvalue. */
export default defineClipping({
  type: 'value',
  title: 'Each number',
  summary: 'Cuts every single slope that is too steep.',
  fields: { value: clipAt('The steepest slope that a single weight may have.') },
  keras: ({ value }) => ({ clipvalue: value }),
  apply: (ops, gradients, { value }) => gradients.map((g) => ops.clipByValue(g, -value, value))
})
