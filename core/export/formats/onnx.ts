import { defineFormat } from '../format'
import { metadataOf } from '../metadata'
import { hasOnnxCell } from '../onnx/recurrent'
import { onnxFile } from '../onnx/write'
import { trace } from '../program/trace'
import { traceProblems } from '../program/problems'
import { isWrittenOut, numpyExamples } from '../usage'

/** ONNX, operation set 17: github.com/onnx/onnx/blob/main/docs/Operators.md. */
export default defineFormat({
  type: 'onnx',
  title: 'ONNX',
  ending: '.onnx',
  summary: 'Opens in Unity, Windows ML',
  icon: 'binary',
  docs: 'The network as operations with all weights. It takes any number of examples at once. Names of classes, and how numbers of a table were prepared, are in the file’s metadata. It answers; it does not train on.',
  fields: {},
  refuses: (model) => traceProblems(model),
  write: (model) => ({
    [`${model.name}.onnx`]: onnxFile(trace(model, hasOnnxCell), model.name, metadataOf(model))
  }),
  usage: (model, _config, example) => ({
    language: 'python',
    asksExamples: isWrittenOut(model),
    install: 'pip install onnxruntime numpy',
    code: `import numpy as np
import onnxruntime as ort

session = ort.InferenceSession("${model.name}.onnx")

${numpyExamples(model, example)}

[answers] = session.run(["output"], {"input": x})
print(answers.round(3))
`
  })
})
