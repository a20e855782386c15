import { defineClipping } from '../define'
import { clipAt } from '../sharedFields'

/** g · norm / max(‖all gradients‖, norm). Keras: global_clipnorm. */
export default defineClipping({
  type: 'globalNorm',
  title: 'Whole step',
  summary: 'Shortens the step of the whole network where it is too long, and keeps its direction.',
  fields: { norm: clipAt('The length that all slopes may have together.') },
  keras: ({ norm }) => ({ global_clipnorm: norm }),
  apply: (ops, gradients, { norm }) => {
    if (gradients.length === 0) return gradients
    const total = ops.addN(gradients.map((g) => ops.sum(ops.square(g))))
    const scale = ops.div(norm, ops.maximum(ops.sqrt(total), norm))
    return gradients.map((g) => ops.mul(g, scale))
  }
})
