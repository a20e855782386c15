import { tfliteFormat } from '../tflite/format'

export default tfliteFormat('float32', {
  type: 'tflite',
  title: 'TensorFlow Lite',
  summary: 'Opens on phones, small boards',
  docs: 'The network for Google’s LiteRT, with all weights as they are. It takes any number of examples at once. It answers; it does not train on.'
})
