import type { ActivationDefinition } from '@core/registry/define'

/** Answers stay between −1 and 1, so that 1 can be full colour for every neuron. */
export function isBounded(activation: ActivationDefinition | undefined): boolean {
  if (!activation) return false
  const { glyph } = activation
  if ('bars' in glyph) return true
  return [-3, -2, -1, 0, 1, 2, 3].every((x) => Math.abs(glyph.curve(x)) <= 1.001)
}
