import { defineInitializer, type KerasInitializer } from '../define'
import { orthogonal } from '../../random/orthogonal'
import { sizeOf } from '../../graph/signal'

/**
 * A matrix whose columns (rows, where it has more columns than rows) stand at right angles and have length `gain`:
 * Saxe et al., 2014. A convolution’s kernel counts as the matrix [window · inputs, filters]. Keras: Orthogonal.
 */
export default defineInitializer({
  type: 'orthogonal',
  title: 'Orthogonal',
  summary: 'Random directions at right angles. Signals keep their size on the way through.',
  fields: {
    gain: {
      kind: 'float',
      label: 'Gain',
      help: 'How long each direction is. 1 keeps the size of what comes in.',
      default: 1,
      min: 0,
      max: 100,
      step: 0.1
    }
  },
  values: ({ gain }, { shape }, random) => {
    const [rows, columns] = matrixOf(shape)
    return orthogonal(rows, columns, random).map((value) => value * gain)
  },
  // TensorFlow.js draws starting weights before it reads the trained ones, and takes seconds for these.
  keras: ({ gain }, dialect): KerasInitializer => {
    if (dialect === 'tfjs') return { class: 'GlorotUniform', config: { seed: null } }
    return { class: 'Orthogonal', config: { gain, seed: null } }
  },
  moments: ({ gain }, { shape }) => ({ mean: 0, std: gain / Math.sqrt(Math.max(...matrixOf(shape))) })
})

function matrixOf(shape: readonly number[]): [rows: number, columns: number] {
  return [sizeOf(shape.slice(0, -1)), shape.at(-1) ?? 1]
}
