import { augmentationWords } from '@core/data/augmentation/words'
import { derive } from '@core/graph/derive'
import { summaryRows } from '@core/graph/summary'
import type { Options } from './options'
import { loadProject } from './project'
import { badInput, problemLines, table } from './words'

/** `netloom summary`: a table of layers, shapes and parameters. */
export async function summarize(options: Options): Promise<number> {
  const { document, files } = await loadProject(options)
  const derivation = derive(document, files)
  if (derivation.problems.length > 0) throw badInput(derivation.problems)
  const rows = summaryRows(document, derivation)
  const total = rows.reduce((n, row) => n + row.parameters, 0)
  const text = table([
    ['Node', 'Layer', '', 'Output', 'Parameters'],
    ...rows.map((row) => [row.id, row.title, row.fact, row.output, row.parameters])
  ])
  const changed = augmentationWords(document.data, derivation.data)
  const last = changed === undefined ? '' : `\nPictures to learn from are changed: ${changed}\n`
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ event: 'summary', name: document.name, layers: rows, parameters: total, augmentation: changed })}\n`
      : `${document.name}\n\n${text}\n\nParameters in all: ${total.toLocaleString('en-US')}\n${last}`
  )
  return 0
}

/** `netloom check`: every problem of a project; exit code 2 where there is one. */
export async function check(options: Options): Promise<number> {
  const { document, files } = await loadProject(options)
  const { problems } = derive(document, files)
  if (options.json)
    for (const { code, nodeId, field, message, detail } of problems)
      process.stdout.write(
        `${JSON.stringify({ event: 'problem', code, node: nodeId, field, message, detail })}\n`
      )
  else if (problems.length === 0) process.stdout.write('No problems.\n')
  for (const line of problemLines(problems)) console.error(line)
  return problems.length === 0 ? 0 : 2
}
