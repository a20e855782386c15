import { defineClipping } from '../define'
import { clipAt } from '../sharedFields'

/** g · norm / max(‖g‖, norm) for each gradient by itself. Keras: clipnorm. */
export default defineClipping({
  type: 'norm',
  title: 'Each weight tensor',
  summary: 'Shortens the step of a layer’s weights where it is too long, and keeps its direction.',
  fields: { norm: clipAt('The length that the slopes of one weight tensor may have together.') },
  keras: ({ norm }) => ({ clipnorm: norm }),
  apply: (ops, gradients, { norm }) =>
    gradients.map((g) => ops.mul(g, ops.div(norm, ops.maximum(ops.sqrt(ops.sum(ops.square(g))), norm))))
})
