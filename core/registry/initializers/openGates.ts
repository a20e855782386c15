import { defineInitializer } from '../define'

/**
 * Zeros, but `value` for the biases of the gates that keep a memory, which then start open: the second quarter of an
 * LSTM's [4 · units] (Jozefowicz et al., 2015; with 1 Keras' unit_forget_bias), and in two halves the first third of
 * a GRU's [2, 3 · units]. For memories that must last n steps log n is a good value (Tallec and Ollivier, 2018). Not
 * for a GRU that resets before its product: its biases have one row, as an LSTM's have.
 */
export default defineInitializer({
  type: 'openGates',
  title: 'Open gates',
  summary: 'Zeros, but more for the biases of the gates that keep the memory of an LSTM or GRU.',
  fields: {
    value: {
      kind: 'float',
      label: 'How far open',
      help: '1 is usual. 5 keeps most of a memory for a hundred steps.',
      default: 1,
      min: 0,
      max: 20,
      step: 0.5
    }
  },
  values: ({ value }, { shape, size }) => {
    const values = new Float32Array(size)
    if (shape.length === 1) return values.fill(value, size / 4, size / 2)
    const columns = size / shape[0]!
    for (let row = 0; row < shape[0]!; row++)
      values.fill(value / shape[0]!, row * columns, row * columns + columns / 3)
    return values
  },
  // Keras opens the gates of an LSTM by a setting of the layer, and has nothing of the kind for a GRU.
  keras: () => ({ class: 'Zeros', config: {} }),
  moments: ({ value }, { shape }) =>
    shape.length === 1
      ? { mean: value / 4, std: (value * Math.sqrt(3)) / 4 }
      : { mean: value / shape[0]! / 3, std: ((value / shape[0]!) * Math.SQRT2) / 3 }
})
