import { basename } from 'node:path'
import { NewAnswers, scoreText } from '@core/answers/newAnswers'
import { formOf } from '@core/data/newRowsForm'
import { derivable, Model } from '../model'
import { answersTo } from '../answers/tell'
import { writeOn } from '../answers/writing'
import { openRows } from '../data/newRows/open'
import { inProcess } from '../data/pictures/pool'
import { requireLibrary } from './dataCommand'
import { requireEngine } from './enginesCommand'
import { readText } from './files'
import type { Options } from './options'
import { loadProject } from './project'
import { setUpTensorflow } from './setUpTensorflow'
import { readWeights } from './weightsFile'
import { badInput, BadInput } from './words'

/**
 * `netloom predict`: the answer to each row of a table, or to each picture, for classes with the share of each; or how a
 * text goes on.
 */
export async function predict(options: Options): Promise<number> {
  const { data, init } = options
  if (data === undefined && options.text === undefined)
    throw new BadInput('Which rows? Name a table or a folder of pictures: --data points.csv.')
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
  if (dataset.symbols) return continueText(compiled.value, options)
  if (data === undefined) throw new BadInput('This network has not learned a text: name a table with --data.')
  const form = formOf(document, files, dataset, dataset.prepared?.preparation)
  if (!form) throw new BadInput('This network answers neither rows of a table nor pictures.')
  const answers = await answerAll(data, form, compiled.value)
  for (const piece of options.json ? [jsonLines(answers)] : answers.csv()) process.stdout.write(piece)
  const where = form.kind === 'table' ? 'Line' : 'Picture'
  for (const [row, message] of answers.failures)
    console.error(
      form.kind === 'table'
        ? `${where} ${answers.placeOf(row)} of ${basename(data)}: ${message}`
        : `${answers.lines[row]!}: ${message}`
    )
  const score = answers.score()
  if (score) console.error(scoreText(score))
  network.dispose()
  return answers.failures.size > 0 && answers.failures.size === answers.rows ? 2 : 0
}

/** Writes on from `--text`. */
function continueText(
  model: Model,
  { text, length = 200, temperature = 0.6, seed = 0, json }: Options
): number {
  if (text === undefined)
    throw new BadInput('This network writes on: give it a beginning with --text "Once upon".')
  const found = writeOn(model, { beginning: text, count: length, temperature, seed })!
  process.stdout.write(
    json
      ? `${JSON.stringify({ event: 'text', beginning: text, text: found.text })}\n`
      : `${text}${found.text}\n`
  )
  model.network.dispose()
  return 0
}

/** The answers to what was named on the command line. Throws BadInput. */
async function answerAll(
  path: string,
  form: NonNullable<ReturnType<typeof formOf>>,
  model: Model
): Promise<NewAnswers> {
  const opened = await openRows([path], form, inProcess)
  if (!opened.ok) throw badInput(opened.problems)
  const reader = opened.value
  const answers = new NewAnswers({
    classes: model.dataset.classes,
    target: form.kind === 'table' ? form.preparation.target.name : 'class'
  })
  for (;;) {
    const piece = await reader.next().catch((error: unknown) => {
      throw new BadInput(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    })
    if (!piece.ok) throw badInput(piece.problems)
    answers.add(piece.value, answersTo(model, piece.value.x))
    if (piece.value.last) break
  }
  reader.close()
  return answers
}

function jsonLines(answers: NewAnswers): string {
  const { classes } = answers.names
  const lines: string[] = []
  for (let row = 0; row < answers.rows; row++) {
    const told = answers.toldTo(row)
    if (!told) continue
    const shares = Object.fromEntries(classes.map((name, k) => [name, told[k]]))
    lines.push(
      JSON.stringify({
        ...{ event: 'prediction', row: row + 1 },
        ...(answers.columns.length === 0 ? { file: answers.lines[row] } : {}),
        ...(classes.length > 0 ? { class: answers.textOf(row), shares } : { answer: told[0] })
      })
    )
  }
  const score = answers.score()
  if (score) lines.push(JSON.stringify({ event: 'score', ...score }))
  return lines.map((line) => `${line}\n`).join('')
}
