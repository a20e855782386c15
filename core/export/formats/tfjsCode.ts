import { dataFiles } from '../code/tfjs/data'
import { SCRIPT_FILES } from '../code/files'
import { codeText } from '../code/lines'
import { tfjsProgram } from '../code/tfjs/program'
import { defineFormat } from '../format'
import { unwrap } from '../../result'
import { textFile } from '../text'
import { scriptExample } from '../usage'

/** A module for Node.js, whose makeModel works in a browser, too. */
export default defineFormat({
  type: 'tfjsCode',
  title: 'TensorFlow.js program',
  ending: '.mjs',
  summary: 'The same in JavaScript',
  icon: 'file-code',
  docs: 'A JavaScript module that builds the same network in TensorFlow.js, loads what it has learned, and trains it again with the same data, split, settings and starting weights. It runs in Node.js; the network in it runs in any browser.',
  fields: {},
  program: { title: 'TensorFlow.js', of: tfjsProgram },
  refuses: (model) => {
    const program = tfjsProgram(model)
    return program.ok ? [] : program.problems
  },
  write: (model, _config, tools) => {
    const program = unwrap(tfjsProgram(model))
    return { [program.file]: textFile(codeText(program.lines)), ...dataFiles(model, tools) }
  },
  usage: (model, _config, example) => ({
    language: 'javascript',
    install: 'npm install @tensorflow/tfjs',
    code: `import * as tf from "@tensorflow/tfjs";
import { loadWeights, makeModel } from "./${model.name}.mjs";

const model = makeModel();
loadWeights(model, "${SCRIPT_FILES.weights}");
model.predict(${scriptExample(model, example)}).print();
`
  })
})
