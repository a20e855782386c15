import { defineFormat } from '../format'
import { preparationOf } from '../folder'
import { traceProblems } from '../program/problems'
import { trace } from '../program/trace'
import { savedModelFile } from '../tensorflow/write'
import { jsonFile } from '../text'
import { isWrittenOut, numpyExamples } from '../usage'

/** A TensorFlow SavedModel: github.com/tensorflow/tensorflow/blob/master/tensorflow/core/protobuf/saved_model.proto. */
export default defineFormat({
  type: 'savedModel',
  title: 'SavedModel',
  ending: 'folder',
  summary: 'Runs on a server',
  icon: 'server',
  docs: 'The network as a TensorFlow graph with all weights as constants, and a signature serving_default that takes any number of examples. What the numbers stand for is in assets.extra. It answers; it does not train on.',
  fields: {},
  refuses: (model) => traceProblems(model),
  write: (model) => ({
    [`${model.name}/saved_model.pb`]: savedModelFile(trace(model)),
    [`${model.name}/assets.extra/preparation.json`]: jsonFile(preparationOf(model))
  }),
  usage: (model, _config, example) => ({
    language: 'python',
    asksExamples: isWrittenOut(model),
    install: 'pip install tensorflow',
    code: `import numpy as np
import tensorflow as tf

model = tf.saved_model.load("${model.name}")
answer = model.signatures["serving_default"]

${numpyExamples(model, example)}

answers = answer(tf.constant(x))["output"].numpy()
print(answers.round(3))
`
  })
})
