import Papa from 'papaparse'
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

/** `netloom predict`: class and shares for each row of a table. */
export async function predict(options: Options): Promise<number> {
  const { data, init } = options
  if (data === undefined) throw new BadInput('Which points? Name a table: --data points.csv.')
  const { document, files, checkpoint } = loadProject({ ...options, data: undefined })
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
  const { classes, features } = dataset
  const shares = network.answers(readPoints(readText(data), data, features))
  const labels = largest(shares, classes.length)
  const lines = [...labels].map((label, row) => {
    const own = [...shares.subarray(row * classes.length, (row + 1) * classes.length)]
    return options.json
      ? JSON.stringify({
          event: 'prediction',
          row: row + 1,
          class: classes[label],
          shares: Object.fromEntries(classes.map((name, i) => [name, own[i]]))
        })
      : Papa.unparse([[row + 1, classes[label], ...own.map((share) => share.toFixed(4))]])
  })
  const header = options.json
    ? []
    : [Papa.unparse([['row', 'class', ...classes.map((c) => `share of ${c}`)]])]
  process.stdout.write([...header, ...lines].map((line) => `${line}\n`).join(''))
  network.dispose()
  return 0
}

/** The feature columns of a table, found by their names; other columns, such as a label, are left out. */
function readPoints(text: string, file: string, features: readonly string[]): Float32Array {
  const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { skipEmptyLines: 'greedy' })
  const [header = [], ...rows] = data.map((row) => row.map((cell) => cell.trim()))
  const columns = features.map((name) => header.indexOf(name))
  const missing = features.filter((_, i) => columns[i] === -1)
  if (missing.length > 0)
    throw new BadInput(
      `${file} has no column ${missing.join(', ')}. The network was trained on ${features.join(', ')}.`
    )
  if (rows.length === 0) throw new BadInput(`${file} has no rows.`)
  const points = new Float32Array(rows.length * features.length)
  for (const [r, row] of rows.entries())
    for (const [i, column] of columns.entries()) {
      const value = row[column] === '' ? NaN : Number(row[column])
      if (!Number.isFinite(value))
        throw new BadInput(
          `Row ${r + 2} of ${file}: ${features[i]!} is “${row[column] ?? ''}”, which is not a number.`
        )
      points[r * features.length + i] = value
    }
  return points
}
