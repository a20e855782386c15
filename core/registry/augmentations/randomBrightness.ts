import { defineAugmentation } from '../define'

/** Adds a number from −factor to factor, all alike, to every pixel; white is 1. */
export default defineAugmentation({
  type: 'randomBrightness',
  title: 'Brightness',
  summary: 'Pictures become lighter or darker.',
  icon: 'sun-medium',
  keras: 'RandomBrightness',
  fields: {
    factor: {
      kind: 'float',
      label: 'Up to',
      help: 'What is added or taken away, as a share of the way from black to white.',
      default: 0.2,
      min: 0,
      max: 1,
      step: 0.05
    }
  },
  fact: ({ factor }) => `by ±${Math.round(100 * factor)} %`,
  shade: ({ factor }, random, picture) => {
    const more = (2 * random.uniform() - 1) * factor
    for (let i = 0; i < picture.length; i++) picture[i]! += more
  }
})
