import { describePictures, pictureFields, pictureRows } from '../../data/pictures'
import { defineSource } from '../define'

const SHAPE = [32, 32, 3]
const CLASSES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck']

/** CIFAR-10: 50,000 colour pictures to learn from and 10,000 held back, red, green and blue from 0 to 1. */
export default defineSource({
  type: 'cifar10',
  title: 'Small colour pictures',
  summary: 'CIFAR-10: 60,000 pictures of ten kinds of things, from airplanes to trucks.',
  icon: 'layout-grid',
  library: ['cifar10'],
  fields: {
    ...pictureFields(50_000),
    answers: {
      kind: 'choice',
      label: 'Right answer',
      help: 'The picture itself is for an autoencoder, which learns to draw what it sees.',
      default: 'thing',
      options: [
        { value: 'thing', label: 'What it shows' },
        { value: 'picture', label: 'The picture itself' }
      ]
    }
  },
  describe: (config) => describePictures(config, SHAPE, config.answers === 'thing' ? CLASSES : undefined),
  generate: (config, { library }) => {
    const rows = pictureRows(library['cifar10']!, config, SHAPE)
    return config.answers === 'thing' ? rows : { ...rows, y: undefined }
  }
})
