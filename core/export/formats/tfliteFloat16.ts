import { tfliteFormat } from '../tflite/format'

export default tfliteFormat('float16', {
  type: 'tfliteFloat16',
  title: 'TFLite, half precision',
  summary: 'Half the size, nearly the same answers',
  docs: 'As TensorFlow Lite, with kernels stored as 16-bit numbers: about half the size. It computes with 32 bits, so only the rounding of the weights costs accuracy, which is measured.'
})
