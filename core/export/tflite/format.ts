import type { ExportFormat } from '../format'
import { defineFormat } from '../format'
import { metadataOf } from '../metadata'
import { interpret } from '../program/interpret'
import { traceProblems } from '../program/problems'
import { trace } from '../program/trace'
import { isWrittenOut, numpyExamples } from '../usage'
import { asStored, type NumberKind } from './rounding'
import { tfliteFile } from './write'

/** A .tflite file, its weights stored as these numbers. */
export function tfliteFormat(
  kind: NumberKind,
  about: Pick<ExportFormat, 'type' | 'title' | 'summary' | 'docs'>
): ExportFormat {
  return defineFormat({
    ...about,
    ending: '.tflite',
    icon: 'smartphone',
    fields: {},
    refuses: (model) => traceProblems(model),
    write: (model) => ({
      [`${model.name}.tflite`]: tfliteFile(trace(model), kind, model.name, metadataOf(model))
    }),
    ...(kind === 'float32'
      ? {}
      : {
          rounded: (model, { x, rows }) =>
            Float32Array.from(interpret(asStored(trace(model), kind), x, rows).values)
        }),
    usage: (model, _config, example) => ({
      language: 'python',
      install: 'pip install ai-edge-litert numpy',
      asksExamples: kind === 'float32' && isWrittenOut(model),
      code: `import numpy as np
from ai_edge_litert.interpreter import Interpreter

ask = Interpreter("${model.name}.tflite").get_signature_runner("serving_default")

${numpyExamples(model, example)}

answers = ask(input=x)["output"]
print(answers.round(3))
`
    })
  })
}
