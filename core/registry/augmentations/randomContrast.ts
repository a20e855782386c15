import { defineAugmentation } from '../define'

/**
 * (x − m)·c + m for every pixel x, where m is the picture's average in its channel, and c from 1 − factor to
 * 1 + factor, all alike.
 */
export default defineAugmentation({
  type: 'randomContrast',
  title: 'Contrast',
  summary: 'What is light and what is dark come closer together, or draw apart.',
  icon: 'contrast',
  keras: 'RandomContrast',
  fields: {
    factor: {
      kind: 'float',
      label: 'Up to',
      help: '0.2 makes differences from 80 to 120 % as large.',
      default: 0.2,
      min: 0,
      max: 1,
      step: 0.05
    }
  },
  fact: ({ factor }) => `by ±${Math.round(100 * factor)} %`,
  shade: ({ factor }, random, picture, { channels }) => {
    const times = 1 + (2 * random.uniform() - 1) * factor
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0
      for (let i = channel; i < picture.length; i += channels) sum += picture[i]!
      const kept = ((1 - times) * sum * channels) / picture.length
      for (let i = channel; i < picture.length; i += channels) picture[i] = picture[i]! * times + kept
    }
  }
})
