import { describePictures, pictureFields, pictureRows } from '../../data/pictures'
import { defineSource } from '../define'

const SHAPE = [28, 28, 1]
const CLASSES = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot'
]

/** Fashion-MNIST: 60,000 grey pictures of clothes to learn from and 10,000 held back, grey from 0 to 1. */
export default defineSource({
  type: 'fashionMnist',
  title: 'Clothes',
  summary: 'Fashion-MNIST: 70,000 small pictures of clothes, shoes and bags. Harder than digits.',
  icon: 'shirt',
  library: ['fashionMnist'],
  fields: pictureFields(60_000, { value: 'thing', label: 'What it shows' }),
  describe: (config) => describePictures(config, SHAPE, CLASSES),
  generate: (config, { library }) => pictureRows(library['fashionMnist']!, config, SHAPE)
})
