import type { GradSaveFunc } from '@tensorflow/tfjs-core'
import type { Ops, Tensor } from './define'

/** f(x) as if it did not depend on x: for what is decided by comparing, such as which steps count. */
export function withoutSlope(ops: Ops, x: Tensor, f: (x: Tensor) => Tensor): Tensor {
  const decided = ops.customGrad((value: unknown) => ({
    value: f(value as Tensor),
    gradFunc: () => ops.zerosLike(value as Tensor)
  }))
  return decided(x)
}

/** The largest numbers over these axes. Where several are largest they share the slope, as in TensorFlow. */
export function largest(ops: Ops, x: Tensor, axes: number | number[]): Tensor {
  const pick = ops.customGrad((value, save) => {
    const all = value as Tensor
    const kept = ops.max(all, axes, true)
    ;(save as GradSaveFunc)([all, kept])
    return {
      value: ops.squeeze(kept, [axes].flat()),
      gradFunc: (dy: Tensor, [from, top]: Tensor[]) => {
        const at = ops.cast(ops.equal(from!, top!), 'float32')
        return ops.mul(at, ops.div(ops.reshape(dy, top!.shape), ops.sum(at, axes, true)))
      }
    }
  })
  return pick(x)
}
