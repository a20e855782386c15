import * as tf from '@tensorflow/tfjs-core'
import * as layers from '@tensorflow/tfjs-layers'
import { compileFunction } from 'node:vm'
import { SCRIPT_FILES } from '@core/export/code/files'
import { moduleFile } from '@core/export/code/tfjs/program'
import type { Reader } from './reader'

/** The program itself is run: it builds the network, loads its weights, and is asked. */
export const readTfjsCode: Reader = ({ model: { plan, name }, files, samples }) => {
  const text = new TextDecoder().decode(files[moduleFile({ name })])
  // As a script: it is given what it would import, and nothing asks for its last lines, which are for Node.js.
  const body = text
    .replace(/^import .*$/gm, '')
    .replace(/^export /gm, '')
    .replace(/^if \(process\.argv[\s\S]*/m, '')
  const program = compileFunction(`${body}\nreturn { makeModel, loadWeights }`, ['tf', 'readFileSync'])(
    { ...tf, ...layers },
    (file: string) => new TextDecoder().decode(files[file])
  ) as {
    readonly makeModel: () => layers.LayersModel
    readonly loadWeights: (model: layers.LayersModel, file: string) => void
  }
  const model = program.makeModel()
  try {
    program.loadWeights(model, SCRIPT_FILES.weights)
    const values = tf.tidy(() => {
      const x = tf.tensor(samples.x, [samples.rows, ...plan.source.shape])
      return Float32Array.from((model.predict(x) as tf.Tensor).dataSync())
    })
    return Promise.resolve({ reader: 'TensorFlow.js', answers: { by: 'TensorFlow.js', values } })
  } finally {
    model.dispose()
  }
}
