import type { Result } from '../../../result'
import { kerasNetwork } from '../../keras/network'
import type { ExportModel } from '../../model'
import { trainingFacts } from '../facts'
import { SCRIPT_FILES } from '../files'
import { plain, type CodeProgram } from '../lines'
import { nodeOf } from '../nodes'
import { tfjsModel } from './network'
import { tfjsTraining } from './training'

/** A module for TensorFlow.js, or a problem for each node that it has nothing for. */
export function tfjsProgram(model: ExportModel): Result<CodeProgram> {
  const network = kerasNetwork(model, 'tfjs')
  if (!network.ok) return network
  const facts = trainingFacts(model)
  const { lines, lacks } = facts
    ? tfjsTraining(facts, model)
    : { lines: undefined, lacks: ['It learns in a way of its own, which this program leaves out.'] }
  const file = moduleFile(model)
  return {
    ok: true,
    value: {
      language: 'javascript',
      file,
      lacks,
      lines: [
        ...plain(heading(model, file, lines !== undefined, lacks)),
        ...plain(IMPORTS),
        ...tfjsModel(network.value, nodeOf(model)),
        ...plain(LOAD),
        ...(lines ? [...lines, ...plain('')] : []),
        ...plain(COMPARE),
        ...plain(lines ? MAIN : MAIN_WITHOUT_TRAINING)
      ]
    }
  }
}

/** The file of a program: one that Node.js knows as a module. */
export function moduleFile({ name }: Pick<ExportModel, 'name'>): string {
  return `${name}.mjs`
}

function heading({ title }: ExportModel, file: string, trains: boolean, lacks: readonly string[]): string {
  return [
    `${title.replace(/\p{Cc}/gu, ' ')}, as Netloom made it: the same network in TensorFlow.js.`,
    '',
    `node ${file}${trains ? '      ' : ''}  compares its answers with those it gave in Netloom`,
    ...(trains ? [`node ${file} train  trains it again from the same start`] : []),
    ...(lacks.length === 0 ? [] : ['', 'What is left out:', ...lacks.map((what) => `- ${what}`)])
  ]
    .map((line) => `// ${line}`.trimEnd())
    .join('\n')
}

const IMPORTS = `
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import * as tf from "@tensorflow/tfjs";
`

const LOAD = `
/** Gives every layer its numbers. */
export function loadWeights(model, file) {
  const layers = JSON.parse(readFileSync(file, "utf8"));
  for (const [name, weights] of Object.entries(layers)) {
    const tensors = Object.values(weights).map((numbers) => tf.tensor(numbers));
    model.getLayer(name).setWeights(tensors);
  }
}
`

const COMPARE = `/** How far its answers are from those that Netloom got, at most. */
function compare(model) {
  const { x, answers } = JSON.parse(readFileSync("${SCRIPT_FILES.samples}", "utf8"));
  loadWeights(model, "${SCRIPT_FILES.weights}");
  const difference = tf.sub(model.predict(tf.tensor(x)), tf.tensor(answers));
  console.log("largest difference:", difference.abs().max().arraySync());
}
`

const MAIN = `if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const model = makeModel();
  if (process.argv.includes("train")) await train(model);
  else compare(model);
}`

const MAIN_WITHOUT_TRAINING = `if (process.argv[1] === fileURLToPath(import.meta.url)) compare(makeModel());`
