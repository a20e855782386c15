import type { TrainerView } from '@core/ipc'
import type { ActivationDefinition } from '@core/registry/define'
import { largest, type Field } from '../views/field'

type Weights = TrainerView['weights'][string]

/** Answers stay between −1 and 1, so that 1 can be full colour for every neuron. */
export function isBounded(activation: ActivationDefinition | undefined): boolean {
  if (!activation) return false
  const { glyph } = activation
  if ('bars' in glyph) return true
  return [-3, -2, -1, 0, 1, 2, 3].every((x) => Math.abs(glyph.curve(x)) <= 1.001)
}

/** Most incoming weights that a strip shows. */
const MAX_STRIPES = 24

/** Where there is no plane to draw over: each neuron's incoming weights as stripes. */
export function weightStrip(
  weights: Weights,
  units: number
): { readonly limit: number; field(unit: number): Field } | undefined {
  const kernel = Object.values(weights).find((w) => w.shape.length === 2 && w.shape[1] === units)
  if (!kernel) return undefined
  const width = Math.min(MAX_STRIPES, kernel.shape[0]!)
  return {
    limit: largest(kernel.values),
    field: (unit) => ({
      width,
      height: 1,
      classes: 1,
      values: Float32Array.from({ length: width }, (_, i) => kernel.values[i * units + unit]!)
    })
  }
}
