import { defineFormat } from '../format'
import { metadataOf } from '../metadata'
import { hasOnnxCell } from '../onnx/recurrent'
import { onnxFile } from '../onnx/write'
import { trace } from '../program/trace'
import { traceProblems } from '../program/problems'

/** ONNX, operation set 17: github.com/onnx/onnx/blob/main/docs/Operators.md. */
export default defineFormat({
  type: 'onnx',
  title: 'ONNX',
  ending: '.onnx',
  summary: 'Opens in Unity, Windows ML, phones',
  icon: 'binary',
  docs: 'The network as operations with all weights. It takes any number of examples at once. Names of classes, and how numbers of a table were prepared, are in the file’s metadata. It answers; it does not train on.',
  fields: {},
  refuses: (model) => traceProblems(model),
  write: (model) => ({
    [`${model.name}.onnx`]: onnxFile(trace(model, hasOnnxCell), model.name, metadataOf(model))
  }),
  usage: (model) => ({
    language: 'python',
    install: 'pip install onnxruntime numpy',
    code: `import numpy as np
import onnxruntime as ort

session = ort.InferenceSession("${model.name}.onnx")
examples = np.zeros((1, ${model.plan.source.shape.join(', ')}), dtype="float32")  # put yours here
[answers] = session.run(["output"], {"input": examples})
print(answers)
`
  })
})
