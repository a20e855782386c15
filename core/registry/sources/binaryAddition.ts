import { bitsOf, sequenceSamples } from '../../data/sequences'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

/** At steps behind a sum. */
const FILLER = -1

/**
 * Sums of two numbers as a child works them out: at each step one binary digit of both, from the least significant,
 * and the digit of the sum as the answer. The numbers are below half of what the digits can hold, so sums fit.
 * Where lengths differ, a sum has from 2 digits up to all of them, and the steps behind it are −1 (a 0 is a digit).
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
    },
    vary: {
      kind: 'bool',
      label: 'Different lengths',
      help: 'Shorter sums are filled up with −1. A Masking layer set to −1 skips that.',
      default: false
    }
  },
  describe: ({ samples: rows, bits }) => ({
    features: ['a', 'b'],
    classes: [],
    shape: [bits, 2],
    target: { shape: [bits, 1] },
    rows
  }),
  generate: ({ samples: rows, bits, vary }, { seed }) => {
    const random = randomStream(seed, 'data/binaryAddition')
    const lengths = randomStream(seed, 'data/binaryAddition/lengths')
    const x = new Float32Array(rows * bits * 2).fill(FILLER)
    const y = new Float32Array(rows * bits)
    for (let row = 0; row < rows; row++) {
      const own = vary ? 2 + lengths.integer(bits - 1) : bits
      const a = random.integer(2 ** (own - 1))
      const b = random.integer(2 ** (own - 1))
      const digits = [a, b, a + b].map((value) => bitsOf(value, bits))
      for (let step = 0; step < own; step++) {
        x.set([digits[0]![step]!, digits[1]![step]!], (row * bits + step) * 2)
        y[row * bits + step] = digits[2]![step]!
      }
    }
    return { x, y }
  }
})
