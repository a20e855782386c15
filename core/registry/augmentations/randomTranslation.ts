import { defineAugmentation } from '../define'

/**
 * Moves a picture by a share of its width and of its height from −factor to factor, all alike, to the nearest whole
 * pixel: Keras moves by parts of pixels, which blurs small pictures.
 */
export default defineAugmentation({
  type: 'randomTranslation',
  title: 'Shift',
  summary: 'Pictures are moved sideways, up or down, by whole pixels.',
  icon: 'move',
  keras: 'RandomTranslation',
  fields: {
    factor: {
      kind: 'float',
      label: 'Up to',
      help: 'As a share of the width and of the height: 0.1 of 32 pixels are 3.',
      default: 0.1,
      min: 0,
      max: 1,
      step: 0.05
    }
  },
  fact: ({ factor }) => `up to ${Math.round(100 * factor)} %`,
  move: ({ factor }, random, { width, height }) => {
    // + 0 makes a zero of a negative one.
    const pixels = (side: number): number => Math.round((2 * random.uniform() - 1) * factor * side) + 0
    return [1, 0, pixels(width), 0, 1, pixels(height)]
  }
})
