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
  fields: pictureFields(50_000, { value: 'thing', label: 'What it shows' }),
  describe: (config) => describePictures(config, SHAPE, CLASSES),
  generate: (config, { library }) => pictureRows(library['cifar10']!, config, SHAPE)
})
