import type { ExportFormat } from '../format'
import { registry, type Registry } from '../../registry/registry'
import h5 from './h5'
import json from './json'
import keras from './keras'
import kerasCode from './kerasCode'
import npz from './npz'
import onnx from './onnx'
import page from './page'
import report from './report'
import reportPdf from './reportPdf'
import savedModel from './savedModel'
import tfjs from './tfjs'
import tfjsCode from './tfjsCode'
import tflite from './tflite'
import tfliteFloat16 from './tfliteFloat16'
import tfliteInt8 from './tfliteInt8'

/** All formats by type, in the order in which people see them. A test fails where a file is missing here. */
export const formats: Registry<ExportFormat> = registry(
  keras,
  tfjs,
  onnx,
  savedModel,
  tflite,
  tfliteFloat16,
  tfliteInt8,
  h5,
  kerasCode,
  tfjsCode,
  npz,
  json,
  page,
  report,
  reportPdf
)
