import type { Usage } from '../format'
import type { ExportModel } from '../model'
import { isWrittenOut, numpyExamples, type Example } from '../usage'

/** Python that loads a model with Keras and asks it. */
export function kerasUsage(model: ExportModel, file: string, example: Example): Usage {
  return {
    language: 'python',
    install: 'pip install tensorflow',
    asksExamples: isWrittenOut(model),
    code: `import keras
import numpy as np

model = keras.models.load_model("${file}")

${numpyExamples(model, example)}

answers = model.predict(x, verbose=0)
print(answers.round(3))
`
  }
}
