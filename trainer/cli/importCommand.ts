import { existsSync } from 'node:fs'
import { extname } from 'node:path'
import { packProject } from '@core/document/container'
import { derive } from '@core/graph/derive'
import { shapeWords } from '@core/import/data'
import { openModel } from '../import/openModel'
import { writeWhole } from './files'
import type { Options } from './options'
import { badInput, BadInput, table } from './words'

/** `netloom import`: a trained model of another program as a project. */
export async function importModel(options: Options): Promise<number> {
  const { project: path, out } = options
  if (path === undefined)
    throw new BadInput('Which model? Name it: netloom import model.keras --out project.netloom.')
  if (!existsSync(path)) throw new BadInput(`There is no file ${path}.`)
  if (out === undefined) throw new BadInput('Into which file? Name it: --out PROJECT.netloom.')
  if (extname(out).toLowerCase() !== '.netloom')
    throw new BadInput(`${out} is no project: name it ….netloom.`)
  if (existsSync(out)) throw new BadInput(`There is a file ${out} already. Name a new one.`)
  const read = await openModel(path)
  if (!read.ok) throw badInput(read.problems)
  const { document, checkpoint, notes } = read.value
  writeWhole(out, packProject({ document, files: {}, ...(checkpoint ? { checkpoint } : {}) }))
  const { problems, nodes } = derive(document, {})
  const parameters = Object.values(nodes).reduce((sum, node) => sum + node.parameters, 0)
  const layers = Object.keys(document.networks[0]!.nodes).length - 2
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ event: 'import', layers, parameters, trained: checkpoint !== undefined, notes, problems: problems.map(({ message, nodeId }) => ({ nodeId, message })) })}\n`
    )
  else
    process.stdout.write(
      `${table([
        ['  Layers', String(layers)],
        ['  Parameters', String(parameters)],
        ['  Takes', shapeWords(document)]
      ])}\n${[...notes, ...problems.map(({ message, nodeId }) => `${nodeId ?? ''}: ${message}`)].map((line) => `${line}\n`).join('')}`
    )
  return 0
}
