import { bitsOf, sequenceSamples } from '../../data/sequences'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

/**
 * Sums of two numbers as a child works them out: at each step one binary digit of both, from the least significant,
 * and the digit of the sum as the answer. The numbers are below half of what the digits can hold, so sums fit.
 */
export default defineSource({
  type: 'binaryAddition',
  title: 'Sums in binary',
  summary: 'Two numbers digit by digit. The answer is the digit of their sum: remember the carry.',
  icon: 'plus',
  look: 'sum',
  fields: {
    samples: sequenceSamples,
    bits: {
      kind: 'int',
      label: 'Digits',
      unit: 'digits',
      help: 'Binary digits of a number. With 8 the sums go up to 254.',
      default: 8,
      min: 2,
      max: 24
    }
  },
  describe: ({ samples: rows, bits }) => ({
    features: ['a', 'b'],
    classes: [],
    shape: [bits, 2],
    target: { shape: [bits, 1] },
    rows
  }),
  generate: ({ samples: rows, bits }, { seed }) => {
    const random = randomStream(seed, 'data/binaryAddition')
    const x = new Float32Array(rows * bits * 2)
    const y = new Float32Array(rows * bits)
    for (let row = 0; row < rows; row++) {
      const a = random.integer(2 ** (bits - 1))
      const b = random.integer(2 ** (bits - 1))
      const digits = [a, b, a + b].map((value) => bitsOf(value, bits))
      for (let step = 0; step < bits; step++) {
        x.set([digits[0]![step]!, digits[1]![step]!], (row * bits + step) * 2)
        y[row * bits + step] = digits[2]![step]!
      }
    }
    return { x, y }
  }
})
