import { confusionOf, ratesOf } from '../../answers/confusion'
import { nounOf } from '../../data/noun'
import { derive } from '../../graph/derive'
import { multiplications } from '../../graph/multiplications'
import { summaryRows } from '../../graph/summary'
import { judged } from '../../run/state'
import { classOf } from '../../registry/scores'
import { dataTitle } from '../../runs/about'
import { settingsOf } from '../../runs/settings'
import { countText, numberText } from '../../words'
import type { ExportTools } from '../format'
import { parametersOf, type ExportModel } from '../model'
import { escaped } from '../page/html'
import { curvesSvg } from './curves'
import { drawnNetwork } from './network'
import { REPORT_STYLE } from './style'
import { wrongExamples } from './wrong'

/** What a report is made from. */
export type ReportTools = Pick<
  ExportTools,
  'dataset' | 'score' | 'partAnswers' | 'history' | 'project' | 'files' | 'facts'
>

/** A report of a trained network, to be read or printed: one HTML file that loads nothing and runs nothing. */
export function reportHtml(model: ExportModel, tools: ReportTools): string {
  const { title } = model
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Netloom">
<title>${escaped(title)}: report</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<header><h1>${escaped(title)}</h1>${lead(model, tools)}</header>
${[
  section('Network', network(tools)),
  section('Data', data(model, tools)),
  section('Training', training(model, tools)),
  section('How good it is', quality(tools)),
  section('Wrong answers', wrong(model, tools)),
  section('Settings', settings(tools)),
  section('To repeat it', repeat(tools))
].join('\n')}
</main>
<footer>Made with Netloom ${escaped(tools.facts.version)}</footer>
</body>
</html>
`
}

const section = (title: string, content: string): string =>
  content === '' ? '' : `<section><h2>${title}</h2>\n${content}\n</section>`

function lead(model: ExportModel, { score, dataset }: ReportTools): string {
  const found = score()
  const noun = nounOf(dataset)
  const where = found?.part === 'train' ? `the ${noun} it learned from` : `${noun} it has not learned from`
  const said = !found
    ? ''
    : found.accuracy === undefined
      ? `Loss ${rounded(found.loss)} on ${where}.`
      : `Right about ${percent(found.accuracy)} of ${where}.`
  return `<p class="lead">After epoch ${countText(model.epoch)}, with ${countText(parametersOf(model))} weights. ${said}</p>`
}

function network({ project, files }: ReportTools): string {
  const derivation = derive(project, files)
  const rows = summaryRows(project, derivation).map(({ title, fact, output, parameters }) => [
    title,
    fact,
    output,
    countText(parameters)
  ])
  return `<figure class="drawing">${drawnNetwork(project, derivation)}</figure>
${table(['Layer', 'Set to', 'Output', 'Weights'], rows, [3])}
<p>An example takes about ${countText(multiplications(derivation))} multiplications.</p>`
}

function data(model: ExportModel, { dataset, project }: ReportTools): string {
  const { parts, y, classes, target, shape } = dataset
  const noun = nounOf(dataset)
  const names = [
    ['train', 'Learned from'],
    ['validation', 'Watched while training (validation)'],
    ['test', 'Kept for one honest score (test)']
  ] as const
  const single = y instanceof Int32Array && target.shape.length === 0 && classes.length > 0
  const counts = (part: Int32Array): Int32Array => {
    const found = new Int32Array(classes.length)
    for (const row of part) found[y![row]!]!++
    return found
  }
  const shown = single && classes.length <= 30
  const rows = names
    .filter(([part]) => parts[part].length > 0)
    .map(([part, words]) => [
      words,
      countText(parts[part].length),
      ...(shown ? Array.from(counts(parts[part]), countText) : [])
    ])
  const columns = shown ? classes : []
  const what = [
    `${dataTitle(project)}.`,
    `An example is ${shape.join(' × ')} numbers${model.data.features.length > 0 && model.data.features.length <= 40 ? `: ${model.data.features.join(', ')}` : ''}.`
  ]
  return `<p>${escaped(what.join(' '))}</p>
${table(['Part', capital(noun), ...columns], rows, [1, ...columns.map((_, i) => i + 2)])}`
}

function training(model: ExportModel, { history }: ReportTools): string {
  if (history.length === 0) return '<p>What happened in each epoch is not kept with this network.</p>'
  const best = history.reduce((a, b) => (judged(b) < judged(a) ? b : a))
  const last = history.at(-1)!
  const seconds = history.reduce((sum, { ms }) => sum + ms, 0) / 1000
  const row = (name: string, point: typeof best): readonly string[] => [
    name,
    countText(point.epoch),
    rounded(point.trainLoss ?? point.loss),
    point.valLoss === undefined ? '–' : rounded(point.valLoss),
    point.trainAccuracy === undefined && point.accuracy === undefined
      ? '–'
      : percent(point.trainAccuracy ?? point.accuracy!),
    point.valAccuracy === undefined ? '–' : percent(point.valAccuracy)
  ]
  return `<figure class="curves">${curvesSvg(history, best.epoch)}</figure>
${table(
  ['', 'Epoch', 'Loss', 'Validation loss', 'Right', 'Right, validation'],
  [row('Best', best), row('Last', last)],
  [1, 2, 3, 4, 5]
)}
<p>Its updates took ${rounded(seconds)} seconds, ${rounded((1000 * seconds) / history.length)} ms an epoch. The weights are those after epoch ${countText(model.epoch)}.</p>`
}

/** Of more classes only the rates are told: a table of pairs would not fit onto paper. */
const MOST_PAIRS = 12

function quality({ dataset, score, partAnswers }: ReportTools): string {
  const found = score()
  if (!found) return ''
  const { classes, y, target, parts } = dataset
  const which = { train: 'the training part', validation: 'the validation part', test: 'the test part' }
  const tested =
    parts.test.length > 0
      ? '<p>The test part was not looked at for this report: a score on it is honest only once.</p>'
      : ''
  const said = `<p>On ${which[found.part]}: ${found.accuracy === undefined ? '' : `right about ${percent(found.accuracy)}, `}loss ${rounded(found.loss)}.</p>`
  if (!(y instanceof Int32Array) || target.shape.length > 0 || classes.length < 2) return said + tested
  const rows = parts[found.part]
  const shares = partAnswers(found.part)
  const outputs = shares.length / rows.length
  const given = Array.from(rows, (_, i) => classOf(shares, i, outputs))
  const counts = confusionOf(
    Array.from(rows, (row) => y[row]!),
    given,
    classes.length
  )
  const rates = ratesOf(counts, classes.length)
  const pairs =
    classes.length > MOST_PAIRS
      ? ''
      : `<h3>What was taken for what</h3>
<p class="note">A row for each true class, a column for what the network says.</p>
${table(
  ['', ...classes],
  classes.map((name, own) => [
    name,
    ...classes.map((_, other) => countText(counts[own * classes.length + other]!))
  ]),
  classes.map((_, i) => i + 1)
)}`
  return `${said}${tested}${pairs}
<h3>Class by class</h3>
${table(
  ['Class', 'Examples', 'Precision', 'Recall', 'F1'],
  rates.map(({ rows: own, precision, recall, f1 }, i) => [
    classes[i]!,
    countText(own),
    ...[precision, recall, f1].map((rate) => (rate === undefined ? '–' : percent(rate)))
  ]),
  [1, 2, 3, 4]
)}`
}

function wrong(model: ExportModel, tools: ReportTools): string {
  const found = wrongExamples(model, tools)
  if (found === undefined) return ''
  if (found.length === 0) return '<p>There is none in the part that was looked at.</p>'
  const items = found.map(
    ({ picture, words, truth, said, share }) =>
      `<li>${picture ?? `<p>${escaped(words)}</p>`}<p><b>${escaped(said)}</b>, ${percent(share)} sure<br>but it is ${escaped(truth)}</p></li>`
  )
  return `<p class="note">Those of which the network was surest.</p><ul class="wrong">${items.join('')}</ul>`
}

function settings({ project }: ReportTools): string {
  return table(
    ['Setting', 'Value'],
    settingsOf(project).map(({ label, value }) => [label, value])
  )
}

function repeat({ project: { data: own, training: how }, facts }: ReportTools): string {
  return table(
    ['', ''],
    [
      ['Seed of the data and its parts', String(own.seed)],
      ['Seed of the training', String(how.seed)],
      ['Netloom', facts.version],
      ['Computed with', facts.engine],
      ...facts.files.map(({ name, sha256 }) => [name, `SHA-256 ${sha256}`])
    ]
  )
}

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly number[] = []
): string {
  const side = (i: number): string => (numbers.includes(i) ? ' class="num"' : '')
  const titles = head.some((title) => title !== '')
    ? `<thead><tr>${head.map((title, i) => `<th scope="col"${side(i)}>${escaped(title)}</th>`).join('')}</tr></thead>`
    : ''
  const body = rows
    .map(
      ([first = '', ...rest]) =>
        `<tr><th scope="row">${escaped(first)}</th>${rest.map((cell, i) => `<td${side(i + 1)}>${escaped(cell)}</td>`).join('')}</tr>`
    )
    .join('')
  return `<table>${titles}<tbody>${body}</tbody></table>`
}

const rounded = (value: number): string => numberText(Number(value.toPrecision(3)))
const percent = (share: number): string => `${(100 * share).toFixed(1).replace(/\.0$/, '')} %`
const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1)
