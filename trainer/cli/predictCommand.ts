import { basename } from 'node:path'
import Papa from 'papaparse'
import { missingColumns, plainPreparation, prepareRows, type NewRows } from '@core/data/preparation/newRows'
import { answerOf, type Preparation } from '@core/data/preparation/preparation'
import { tableOf } from '@core/data/table/profile'
import { autoOptions } from '@core/data/table/sniff'
import { readTableFile } from '../data/readFile'
import { derivable, Model } from '../model'
import { largest } from '../views/pictures'
import { requireLibrary } from './dataCommand'
import { requireEngine } from './enginesCommand'
import { readText } from './files'
import type { Options } from './options'
import { loadProject } from './project'
import { setUpTensorflow } from './setUpTensorflow'
import { readWeights } from './weightsFile'
import { badInput, BadInput } from './words'

/** `netloom predict`: the answer to each row of a table; for classes with the share of each. */
export async function predict(options: Options): Promise<number> {
  const { data, init } = options
  if (data === undefined) throw new BadInput('Which points? Name a table: --data points.csv.')
  const { document, files, checkpoint } = await loadProject({ ...options, data: undefined })
  setUpTensorflow(document, files)
  await requireEngine(options)
  await requireLibrary(document)
  const derivation = derivable(document, files)
  if (!derivation.ok) throw badInput(derivation.problems)
  const compiled = await Model.compile(document, files)
  if (!compiled.ok) throw badInput(compiled.problems)
  const { network, dataset, plan } = compiled.value
  if (!checkpoint && init === undefined)
    throw new BadInput(
      'This project is not trained yet. Train it first, and keep what it learned: netloom train … --save folder.'
    )
  if (checkpoint) {
    const adopted = compiled.value.adopt(checkpoint)
    if (!adopted.ok) throw badInput(adopted.problems)
  }
  if (init !== undefined) network.writeState(readWeights(readText(init), init, plan.weights))
  const { preparation } = dataset.prepared ?? { preparation: plainPreparation(dataset.features) }
  const { x, rows, failures } = await newRows(preparation, data)
  const answers = network.answers(x)
  const { classes } = dataset
  const told = classes.length > 0 ? classLines : numberLines
  const lines = told({ answers, rows, preparation, classes, json: options.json })
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
  for (const { row, message } of failures) console.error(`Row ${row + 2} of ${basename(data)}: ${message}`)
  network.dispose()
  return failures.length > 0 && rows.length === 0 ? 2 : 0
}

/** The rows of a table that was named on the command line, as the network wants them. Throws BadInput. */
async function newRows(preparation: Preparation, path: string): Promise<NewRows> {
  const file = basename(path)
  const read = await readTableFile(path, file, { read: autoOptions, asWords: true }).catch(
    (error: unknown) => {
      throw new BadInput(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    }
  )
  if (!read.ok) throw badInput(read.problems)
  const table = tableOf(read.value.table)
  const missing = missingColumns(preparation, table)
  if (missing.length > 0)
    throw new BadInput(
      `${file} has no column ${missing.join(', ')}. The network was trained on ${preparation.inputs.map(({ name }) => name).join(', ')}.`
    )
  return prepareRows({ ...preparation, decimal: read.value.table.dialect.decimal }, table)
}

interface Told {
  readonly answers: Float32Array
  readonly rows: Int32Array
  readonly preparation: Preparation
  readonly classes: readonly string[]
  readonly json: boolean
}

function classLines({ answers, rows, classes, json }: Told): readonly string[] {
  const labels = largest(answers, classes.length)
  const lines = Array.from(rows, (row, i) => {
    const own = [...answers.subarray(i * classes.length, (i + 1) * classes.length)]
    const label = classes[labels[i]!]
    return json
      ? JSON.stringify({
          event: 'prediction',
          row: row + 1,
          class: label,
          shares: Object.fromEntries(classes.map((name, k) => [name, own[k]]))
        })
      : Papa.unparse([[row + 1, label, ...own.map((share) => share.toFixed(4))]])
  })
  return json ? lines : [Papa.unparse([['row', 'class', ...classes.map((c) => `share of ${c}`)]]), ...lines]
}

function numberLines({ answers, rows, preparation, json }: Told): readonly string[] {
  const { name } = preparation.target
  const width = answers.length / Math.max(1, rows.length)
  const lines = Array.from(rows, (row, i) => {
    const own = Array.from(answers.subarray(i * width, (i + 1) * width), (v) => answerOf(preparation, v))
    return json
      ? JSON.stringify({ event: 'prediction', row: row + 1, answer: own.length === 1 ? own[0] : own })
      : Papa.unparse([[row + 1, ...own.map((v) => Number(v.toPrecision(6)))]])
  })
  return json ? lines : [Papa.unparse([['row', name === '' ? 'answer' : name]]), ...lines]
}
