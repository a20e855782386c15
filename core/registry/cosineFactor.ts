/** From 1 down to `alpha` along a half wave over `steps`, then `alpha`. Keras: CosineDecay. */
export function cosineFactor(alpha: number, step: number, steps: number): number {
  const done = steps > 0 ? Math.min(step / steps, 1) : 1
  return (1 - alpha) * 0.5 * (1 + Math.cos(Math.PI * done)) + alpha
}
