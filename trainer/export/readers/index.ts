import { readH5, readKeras } from './keras'
import { readKerasCode } from './kerasCode'
import type { Reader } from './reader'
import { readOnnx } from './onnx'
import { readPage } from './page'
import { readReport } from './report'
import { readSavedModel } from './savedModel'
import { readTfjs } from './tfjs'
import { readTfjsCode } from './tfjsCode'
import { readTflite } from './tflite'
import { readJson, readNpz } from './weights'

/** What reads the files of each format back, by the format's type. Every format has one, if only to say that it cannot. */
export const readers: { readonly [format: string]: Reader } = {
  onnx: readOnnx,
  savedModel: readSavedModel,
  tflite: readTflite('float32'),
  tfliteFloat16: readTflite('float16'),
  tfliteInt8: readTflite('int8'),
  keras: readKeras,
  tfjs: readTfjs,
  h5: readH5,
  kerasCode: readKerasCode,
  tfjsCode: readTfjsCode,
  npz: readNpz,
  json: readJson,
  page: readPage,
  report: readReport,
  reportPdf: readReport
}
