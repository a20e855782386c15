import type { Ops, Tensor } from './define'

/** f(x) as if it did not depend on x: for what is decided by comparing, such as which steps count. */
export function withoutSlope(ops: Ops, x: Tensor, f: (x: Tensor) => Tensor): Tensor {
  const decided = ops.customGrad((value: unknown) => ({
    value: f(value as Tensor),
    gradFunc: () => ops.zerosLike(value as Tensor)
  }))
  return decided(x)
}
