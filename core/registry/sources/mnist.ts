import { describePictures, pictureFields, pictureRows } from '../../data/pictures'
import { defineSource } from '../define'

const SHAPE = [28, 28, 1]
const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit))

/** MNIST's handwritten digits: 60,000 to learn from and 10,000 held back, grey from 0 (black) to 1 (white). */
export default defineSource({
  type: 'mnist',
  title: 'Handwritten digits',
  summary: 'MNIST: 70,000 small pictures of the digits 0 to 9.',
  icon: 'pencil',
  ink: true,
  library: ['mnist'],
  fields: {
    ...pictureFields(60_000, { value: 'digit', label: 'Which digit it is' }),
    threshold: {
      kind: 'int',
      label: 'White from',
      help: 'Pixels from this brightness of 255 on become white, the others black. 0 keeps the greys.',
      default: 0,
      min: 0,
      max: 255,
      advanced: true
    }
  },
  describe: (config) => {
    const described = describePictures(config, SHAPE, DIGITS)
    return config.threshold === 0 ? described : { ...described, scale: 1 }
  },
  generate: (config, { library }) => {
    const rows = pictureRows(library['mnist']!, config, SHAPE)
    const { threshold } = config
    return threshold === 0 ? rows : { ...rows, x: rows.x.map((byte) => Number(byte >= threshold)) }
  }
})
