import { sequenceSamples } from '../../data/sequences'
import { randomStream } from '../../random/stream'
import { defineSource } from '../define'

/**
 * A symbol to remember, marked, and after it `gap` others that mean nothing; the answer is the first. Each step is
 * one-hot over the symbols, and one number more is 1 at the marked step. Where lengths differ, so many of the others
 * come after it that none is likelier than another from 0 to `gap`; the steps behind them are zeros.
 */
export default defineSource({
  type: 'memory',
  title: 'Remember the first',
  summary: 'A marked symbol, then many others. Which was the first?',
  icon: 'memory-stick',
  look: 'marked',
  fields: {
    samples: sequenceSamples,
    symbols: {
      kind: 'int',
      label: 'Symbols',
      unit: 'symbols',
      help: 'How many different symbols there are.',
      default: 4,
      min: 2,
      max: 20
    },
    gap: {
      kind: 'int',
      label: 'Gap',
      unit: 'steps',
      help: 'How many symbols come after the one to remember.',
      default: 20,
      min: 0,
      max: 1000
    },
    vary: {
      kind: 'bool',
      label: 'Different lengths',
      help: 'Shorter sequences are filled up with zeros. A Masking layer skips them.',
      default: false
    }
  },
  describe: ({ samples: rows, symbols, gap }) => {
    const names = Array.from({ length: symbols }, (_, i) => String.fromCharCode(65 + i))
    return {
      features: [...names, 'remember'],
      classes: names,
      shape: [gap + 1, symbols + 1],
      target: { classes: symbols, shape: [] },
      rows
    }
  },
  generate: ({ samples: rows, symbols, gap, vary }, { seed }) => {
    const random = randomStream(seed, 'data/memory')
    const lengths = randomStream(seed, 'data/memory/lengths')
    const steps = gap + 1
    const width = symbols + 1
    const x = new Float32Array(rows * steps * width)
    const y = new Int32Array(rows)
    for (let row = 0; row < rows; row++) {
      y[row] = row % symbols
      const own = vary ? 1 + lengths.integer(steps) : steps
      for (let step = 0; step < own; step++)
        x[(row * steps + step) * width + (step === 0 ? y[row]! : random.integer(symbols))] = 1
      x[row * steps * width + symbols] = 1
    }
    return { x, y }
  }
})
