import { applyPreparation, fitPreparation, numberNames } from '../../data/preparation/preparation'
import { cellsOf } from '../../data/preparation/cells'
import { planTable, rowsLeft, suits, type TablePlan } from '../../data/table/plan'
import type { ColumnSettings } from '../../data/table/setting'
import { changeColumn } from '../../data/table/setting'
import type { ProjectFiles, TableFile } from '../../data/files'
import { countText } from '../../words'
import type { Problem } from '../../result'
import { defineSource, type SourceDescription } from '../define'
import { encodings, fills, tokenizations } from '../preparations'

/** More classes than this are no classes. */
const MAX_CLASSES = 100
/** Prepared numbers of all rows: 1 GB of them. */
const MAX_NUMBERS = 250_000_000

interface Config {
  readonly file: string
  readonly task: 'auto' | 'class' | 'number'
  readonly scaling: 'none' | 'standardise' | 'minMax'
  readonly columns: ColumnSettings
}

/** A table from a file: each column an input, the target or left out, and prepared as its settings say. */
export default defineSource({
  type: 'table',
  title: 'Table',
  summary: 'Your own table, from a CSV, TSV or Excel file.',
  icon: 'table',
  reads: 'table',
  fields: {
    file: {
      kind: 'file',
      label: 'File',
      help: 'A table with a row for each example and a column for each thing that is known about it.',
      accept: ['csv', 'tsv', 'txt', 'xlsx'],
      default: ''
    },
    task: {
      kind: 'choice',
      label: 'What to predict',
      help: 'A class is one of a few answers, a number any amount. Auto takes what suits the column.',
      default: 'auto',
      options: [
        { value: 'auto', label: 'Auto' },
        { value: 'class', label: 'Class' },
        { value: 'number', label: 'Number' }
      ]
    },
    scaling: {
      kind: 'choice',
      label: 'Numbers',
      help: 'Columns on one scale let a network learn from all of them at once.',
      default: 'standardise',
      options: [
        { value: 'standardise', label: 'Standardised' },
        { value: 'minMax', label: 'From 0 to 1' },
        { value: 'none', label: 'As they are' }
      ]
    },
    columns: {
      kind: 'columns',
      label: 'Columns',
      help: 'What each column is for, and how it is prepared.',
      default: []
    }
  },
  describe: (config, files) => describe(config, files),
  generate: (config, { files, tables }) => {
    const file = files[config.file] as TableFile
    const table = tables[config.file]!
    const plan = planTable(config, file.table)
    const { target, inputs, task } = plan
    const reading = {
      kind: target.kind,
      order: target.profile.order,
      decimal: file.table.decimal,
      vocabulary: target.vocabulary
    }
    const answers = cellsOf(table.columns[target.place]!, reading)
    const strict = inputs
      .filter(({ fill }) => fills[fill]!.drops)
      .map(({ kind, profile, place, vocabulary }) =>
        cellsOf(table.columns[place]!, {
          kind,
          order: profile.order,
          decimal: file.table.decimal,
          vocabulary
        })
      )
    const kept = Int32Array.from({ length: table.rows }, (_, row) => row).filter(
      (row) => !Number.isNaN(answers[row]!) && strict.every((cells) => !Number.isNaN(cells[row]!))
    )
    return {
      rowNumbers: kept,
      table,
      labels: task === 'class' ? Int32Array.from(kept, (row) => answers[row]!) : undefined,
      prepare: (training) => {
        const trainingRows = training.map((row) => kept[row]!)
        const preparation = fitPreparation(plan, file.table, table, trainingRows)
        const columns = inputs.map(({ place }) => table.columns[place]!)
        return {
          preparation,
          x: applyPreparation(preparation, columns, kept),
          y: answersFor(plan, preparation, answers, kept)
        }
      }
    }
  }
})

function answersFor(
  { task }: TablePlan,
  { target: { encode } }: ReturnType<typeof fitPreparation>,
  answers: Float64Array,
  kept: Int32Array
): Int32Array | Float32Array {
  if (task === 'class') return Int32Array.from(kept, (row) => answers[row]!)
  const y = new Float32Array(kept.length)
  const { type, state } = encode!
  for (let row = 0; row < y.length; row++) encodings[type]!.apply(state, answers[kept[row]!]!, y, row, 1)
  return y
}

function describe(config: Config, files: ProjectFiles): SourceDescription | Problem {
  if (config.file === '') return { code: 'no-file', field: 'file', message: 'No file is chosen yet.' }
  const file = Object.hasOwn(files, config.file) ? files[config.file] : undefined
  if (!file || 'text' in file)
    return {
      code: 'missing-file',
      field: 'file',
      message: file ? `The file ${config.file} is a text.` : `The file ${config.file} is not in this project.`
    }
  const plan = planTable(config, file.table)
  const problem = planProblem(config, plan)
  if (problem) return problem
  const { inputs, target, task } = plan
  const features = inputs.flatMap(numberNames)
  const classes = task === 'class' ? target.vocabulary : []
  const rows = rowsLeft(plan, (fill) => fills[fill]?.drops === true, file.table)
  if (rows < 2)
    return bad(
      `Only ${countText(rows)} of ${countText(file.table.rows)} rows can be used: the others lack something.`,
      'Choose what stands in for missing cells, or leave a column with many of them out.'
    )
  if (rows * features.length > MAX_NUMBERS)
    return bad(
      `${countText(rows)} rows of ${countText(features.length)} numbers are more than fit into memory.`,
      'Leave columns out, or use a part of the rows.'
    )
  return {
    features,
    classes,
    shape: [features.length],
    target: task === 'class' ? { classes: classes.length, shape: [] } : { shape: [1] },
    rows,
    ...(inputs[0]!.text ? { tokens: inputs[0]!.text.tokens } : {}),
    columns: file.table.columns.map(({ name }) => name)
  }
}

const bad = (message: string, detail: string): Problem => ({
  code: 'bad-table',
  field: 'columns',
  message,
  detail
})

function planProblem(config: Config, { inputs, target, task, columns }: TablePlan): Problem | undefined {
  const { name } = target.profile
  const change = (edit: Partial<Config>) => ({
    kind: 'setData' as const,
    change: { source: { type: 'table', config: { ...config, ...edit } } }
  })
  if (inputs.length === 0)
    return bad(
      `There is no column to learn from: ${name} is the answer, and all others are left out.`,
      'Click a column below, and choose “Learn from it”.'
    )
  if (task === 'number' && !target.profile.numbers)
    return {
      ...bad(
        `${name} holds no numbers, so no number can be predicted.`,
        'Predict a class, or choose another column.'
      ),
      fix: { label: 'Predict a class', edit: change({ task: 'class' }) }
    }
  if (task === 'class' && target.profile.distinct > MAX_CLASSES)
    return {
      ...bad(
        `${name} has ${countText(target.profile.distinct)} different values: too many to be classes.`,
        `At most ${MAX_CLASSES} classes. Choose another column as the answer${target.profile.numbers ? ', or predict a number' : ''}.`
      ),
      ...(target.profile.numbers
        ? { fix: { label: 'Predict a number', edit: change({ task: 'number' }) } }
        : {})
    }
  if (task === 'class' && target.vocabulary.length < 2)
    return bad(
      target.vocabulary.length === 0
        ? `Every cell of ${name} is empty.`
        : `Every row has the same answer, ${target.vocabulary[0]!}.`,
      'There is nothing to tell apart. Choose another column as the answer.'
    )
  for (const column of [...inputs, ...(task === 'number' ? [target] : [])]) {
    const { profile, kind, encode, fill } = column
    const known = kind === 'text' ? tokenizations[encode] !== undefined : suits(encodings[encode], kind)
    const wrong = !known ? 'encode' : column !== target && !suits(fills[fill], kind) ? 'fill' : undefined
    if (wrong)
      return {
        ...bad(
          `${profile.name} is prepared in a way that does not suit what it holds.`,
          'Use what is usual for it.'
        ),
        fix: {
          label: 'Use what is usual',
          edit: change({ columns: changeColumn(config.columns, profile.name, { [wrong]: undefined }) })
        }
      }
    if (kind === 'category' && column !== target && profile.words.length === 0)
      return bad(`Every cell of ${profile.name} is empty.`, 'Leave the column out.')
  }
  const unknown = config.columns.find(({ name: own }) => !columns.some(({ profile }) => profile.name === own))
  if (unknown)
    return {
      ...bad(
        `${config.file} has no column ${unknown.name} any more.`,
        'What was decided about it can be forgotten.'
      ),
      fix: {
        label: 'Forget it',
        edit: change({
          columns: config.columns.filter(({ name: own }) =>
            columns.some(({ profile }) => profile.name === own)
          )
        })
      }
    }
  return undefined
}
