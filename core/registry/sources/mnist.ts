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
    ...pictureFields(60_000),
    answers: {
      kind: 'choice',
      label: 'Right answer',
      help: 'The picture itself is for an autoencoder, which learns to draw what it sees.',
      default: 'digit',
      options: [
        { value: 'digit', label: 'Which digit it is' },
        { value: 'picture', label: 'The picture itself' }
      ]
    },
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
  describe: (config) => describePictures(config, SHAPE, config.answers === 'digit' ? DIGITS : undefined),
  generate: (config, { library }) => {
    const { x, y, scale } = pictureRows(library['mnist']!, config, SHAPE)
    const answers = config.answers === 'digit' ? y : undefined
    const { threshold } = config
    return threshold === 0
      ? { x, y: answers, scale: scale! }
      : { x: x.map((byte) => Number(byte >= threshold)), y: answers, scale: 1 }
  }
})
