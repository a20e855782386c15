import { derive } from '@core/graph/derive'
import { signalText } from '@core/graph/signal'
import { layers } from '@core/registry'
import type { Options } from './options'
import { loadProject } from './project'
import { badInput, problemLines, table } from './words'

/** `netloom summary`: a table of layers, shapes and parameters. */
export async function summarize(options: Options): Promise<number> {
  const { document, files } = await loadProject(options)
  const derivation = derive(document, files)
  if (derivation.problems.length > 0) throw badInput(derivation.problems)
  const rows = document.networks.flatMap((network) =>
    derivation.order[network.id]!.map((id) => {
      const { type, name } = network.nodes[id]!
      const { outputs, parameters } = derivation.nodes[id]!
      const first = layers[type]!.outputs[0]
      const signal = first && outputs[first.id]
      return {
        id,
        type,
        title: name ?? layers[type]!.title,
        fact: layers[type]!.fact(network.nodes[id]!.config),
        output: signal ? signalText(signal) : '',
        parameters
      }
    })
  )
  const total = rows.reduce((n, row) => n + row.parameters, 0)
  const text = table([
    ['Node', 'Layer', '', 'Output', 'Parameters'],
    ...rows.map((row) => [row.id, row.title, row.fact, row.output, row.parameters])
  ])
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ event: 'summary', name: document.name, layers: rows, parameters: total })}\n`
      : `${document.name}\n\n${text}\n\nParameters in all: ${total.toLocaleString('en-US')}\n`
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
