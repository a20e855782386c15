import { tfliteFormat } from '../tflite/format'

export default tfliteFormat('int8', {
  type: 'tfliteInt8',
  title: 'TFLite, 8-bit weights',
  summary: 'A quarter of the size, some accuracy lost',
  docs: 'As TensorFlow Lite, with kernels stored as 8-bit numbers and a scale for each neuron or filter: about a quarter of the size. It computes with 32 bits, so only the rounding of the weights costs accuracy, which is measured.'
})
