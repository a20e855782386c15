import type { TrainerView } from '@core/ipc'
import type { ActivationDefinition } from '@core/registry/define'

type Tiles = TrainerView['tiles'][string]
type Weights = TrainerView['weights'][string]

/** A field to paint: [height · width]. */
export interface Field {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
}

/** Answers stay between −1 and 1, so that 1 can be full colour for every neuron. */
export function isBounded(activation: ActivationDefinition | undefined): boolean {
  if (!activation) return false
  const { glyph } = activation
  if ('bars' in glyph) return true
  return [-3, -2, -1, 0, 1, 2, 3].every((x) => Math.abs(glyph.curve(x)) <= 1.001)
}

/** The largest magnitude, for full colour; never 0. */
export function largest(values: Float32Array): number {
  let most = 1e-6
  for (const v of values) if (Math.abs(v) > most) most = Math.abs(v)
  return most
}

/** One neuron's answers; undefined where the snapshot is of a smaller network. */
export function neuronField({ units, width, height, values }: Tiles, unit: number): Field | undefined {
  if (unit >= units) return undefined
  const size = width * height
  return { width, height, values: values.subarray(unit * size, (unit + 1) * size) }
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
      values: Float32Array.from({ length: width }, (_, i) => kernel.values[i * units + unit]!)
    })
  }
}
