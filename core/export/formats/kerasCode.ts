import { defineFormat } from '../format'
import { kerasProgram, moduleName } from '../code/keras/program'
import { dataFiles } from '../code/data'
import { START, WEIGHTS } from '../code/files'
import { codeText } from '../code/lines'
import { keras3Weights } from '../keras/keras3'
import { kerasNetwork } from '../keras/network'
import { textFile } from '../text'
import { isWrittenOut, numpyExamples } from '../usage'
import { unwrap } from '../../result'

/** A program, with weights as Keras 3 saves them by themselves: model.weights.h5 of a .keras file. */
export default defineFormat({
  type: 'kerasCode',
  title: 'Keras program',
  ending: '.py',
  summary: 'Code that builds and trains it',
  icon: 'file-code',
  docs: 'A Python program that builds the same network in Keras 3, loads what it has learned, and trains it again with the same data, split, settings and starting weights. Keras mixes the examples of an epoch in an order of its own.',
  fields: {},
  program: { title: 'Keras', of: kerasProgram },
  refuses: (model) => {
    const program = kerasProgram(model)
    return program.ok ? [] : program.problems
  },
  write: (model, _config, tools) => {
    const program = unwrap(kerasProgram(model))
    const weights = (values: typeof model.values): Uint8Array =>
      tools.h5(keras3Weights(unwrap(kerasNetwork({ ...model, values }, 'keras3'))))
    const start = tools.start()
    return {
      [program.file]: textFile(codeText(program.lines)),
      [WEIGHTS]: weights(model.values),
      ...(start ? { [START]: weights(start) } : {}),
      ...dataFiles(model, tools)
    }
  },
  usage: (model, _config, example) => ({
    language: 'python',
    install: 'pip install tensorflow',
    asksExamples: isWrittenOut(model),
    code: `import numpy as np
from ${moduleName(model)} import make_model

model = make_model()
model.load_weights("${WEIGHTS}")

${numpyExamples(model, example)}

answers = model.predict(x, verbose=0)
print(answers.round(3))
`
  })
})
