import type { Ops, StepNumbers, Tensor } from './define'

/** What Adam computes its step from. */
export interface AdamInput {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /** The results of `adamNumbers` as scalars. */
  readonly numbers: { readonly [name: string]: Tensor }
  readonly gradient: Tensor
  readonly slots: { readonly [name: string]: Tensor }
}

/** η and the powers of β₁ and β₂ that correct the averages of the first steps. */
export function adamNumbers(
  { beta1, beta2 }: { readonly beta1: number; readonly beta2: number },
  step: number,
  rate: number
): StepNumbers {
  return { rate, beta1Power: beta1 ** step, beta2Power: beta2 ** step }
}

/**
 * Kingma and Ba, 2014, as Keras computes it: m ← m + (g − m)(1 − β₁), v ← v + (g² − v)(1 − β₂); what the weight
 * loses is η·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε).
 */
export function adamStep(ops: Ops, { beta1, beta2, epsilon, numbers, gradient, slots }: AdamInput) {
  const { rate, beta1Power, beta2Power } = numbers
  const alpha = ops.div(ops.mul(rate!, ops.sqrt(ops.sub(1, beta2Power!))), ops.sub(1, beta1Power!))
  const m = ops.add(slots['m']!, ops.mul(ops.sub(gradient, slots['m']!), 1 - beta1))
  const v = ops.add(slots['v']!, ops.mul(ops.sub(ops.square(gradient), slots['v']!), 1 - beta2))
  return { change: ops.div(ops.mul(m, alpha), ops.add(ops.sqrt(v), epsilon)), slots: { m, v } }
}
