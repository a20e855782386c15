import { parsePoints } from '@core/data/csv'
import type { Document } from '@core/document/schema'
import type { ProjectFiles } from '@core/graph/derive'
import { part } from '@core/registry/define'
import { ok, type Result } from '@core/result'
import { chainProject } from '@core/templates/chainProject'

/** A project made from a table, with the table in it. */
export interface TableProject {
  readonly document: Document
  readonly files: ProjectFiles
}

/** Below this many rows every point counts: more of them go into training. */
const FEW_ROWS = 100

/**
 * A starter network for a table of numbers whose last column is the class: one hidden layer, and one neuron a class
 * at the end. What is wrong with the table comes back in words.
 */
export function projectFromTable(name: string, text: string): Result<TableProject> {
  const files = { [name]: text }
  const table = parsePoints(name, files)
  if (!table.ok) return table
  const { features, classes, y } = table.value
  const document = chainProject({
    name: titleOf(name),
    source: part('csv', { file: name }),
    split: { train: y.length < FEW_ROWS ? 0.7 : 0.5, test: 0 },
    layers: [
      ['hidden', 'dense', { units: hiddenUnits(features.length, classes.length) }],
      ['output', 'dense', { units: classes.length, activation: part('softmax') }]
    ],
    optimizer: part('adam', { learningRate: 0.01 }),
    epochs: 500,
    batchSize: y.length > 2000 ? 64 : null
  })
  return ok({ document, files })
}

/** Room for a few bends a class, and more where there is more to look at. */
function hiddenUnits(features: number, classes: number): number {
  return Math.min(64, Math.max(6, 2 * classes, Math.ceil((features + classes) / 2)))
}

/** "iris flowers.csv" → "Iris flowers". */
export function titleOf(fileName: string): string {
  const bare = fileName
    .replace(/^.*[\\/]/, '')
    .replace(/\.[^.]+$/, '')
    .replaceAll('_', ' ')
    .trim()
  const title = bare.charAt(0).toUpperCase() + bare.slice(1)
  return title === '' ? 'Table' : title.slice(0, 120)
}
