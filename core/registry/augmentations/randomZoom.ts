import { defineAugmentation } from '../define'

/**
 * Shows a stretch of the picture that is 1 + z times as large, z from −factor to factor, all alike: above 1 things
 * become smaller, below 1 larger and the edges are cut off. Keras' height_factor, with width_factor left out.
 */
export default defineAugmentation({
  type: 'randomZoom',
  title: 'Zoom',
  summary: 'Things come nearer, which crops the picture, or go farther away.',
  icon: 'zoom-in',
  keras: 'RandomZoom',
  fields: {
    factor: {
      kind: 'float',
      label: 'Up to',
      help: '0.2 shows from 80 to 120 of 100 pixels.',
      default: 0.2,
      min: 0,
      max: 0.9,
      step: 0.05
    },
    way: {
      kind: 'choice',
      label: 'Which way',
      help: 'In crops the picture, so that nothing has to be made up at its edges.',
      default: 'both',
      options: [
        { value: 'both', label: 'Both' },
        { value: 'in', label: 'In' },
        { value: 'out', label: 'Out' }
      ]
    }
  },
  fact: ({ factor, way }) => `${{ both: 'by ±', in: 'in by ', out: 'out by ' }[way]}${percent(factor)}`,
  move: ({ factor, way }, random) => {
    const most = way === 'in' ? 0 : factor
    const least = way === 'out' ? 0 : -factor
    const scale = 1 + least + (most - least) * random.uniform()
    return [scale, 0, 0, 0, scale, 0]
  }
})

const percent = (share: number): string => `${Math.round(100 * share)} %`
