import type { Derivation } from './derive'
import { sizeOf } from './signal'

/** About how many multiplications an example takes: each weight once for every place that it is used at. */
export function multiplications({ nodes }: Pick<Derivation, 'nodes'>): number {
  return Object.values(nodes).reduce((sum, { parameters, inputs, outputs }) => {
    const input = Object.values(inputs).find((s) => s.kind === 'numbers')
    const output = Object.values(outputs).find((s) => s?.kind === 'numbers')
    // All axes of a picture or sequence but the last are places.
    const places = [input, output].map((s) => (s?.kind === 'numbers' ? sizeOf(s.shape.slice(0, -1)) : 1))
    return sum + parameters * Math.max(...places)
  }, 0)
}
