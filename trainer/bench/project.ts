import type { Document } from '@core/document/schema'
import { randomStream } from '@core/random/stream'
import { layers, losses, sources } from '@core/registry'
import { part, type Rows, type SourceDefinition } from '@core/registry/define'
import type { Config, Fields, FieldValue, Part } from '@core/registry/fields'
import { chainProject } from '@core/templates/chainProject'
import { sizeOf, type Target } from '@core/graph/signal'
import type { Workload } from './workload'

/* A workload as a document, like one that a person has drawn. */

/** The document of a workload. Its data are the library's digits, or numbers that only this process knows. */
export function benchProject(workload: Workload): Document {
  const { layers: described, optimizer, loss, rows, batch, data } = workload
  const digits = data.kind === 'digits'
  if (!digits) addSource(workload)
  return chainProject({
    name: 'Benchmark',
    source: digits ? part('mnist', { samples: rows, heldOut: 'test' }) : part('bench'),
    split: digits ? { train: 1, test: 0 } : { train: rows, test: 0 },
    layers: described.map(({ type, ...config }, i) => [
      `layer${i}`,
      type as string,
      configOf(layers[type as string]!.fields, config)
    ]),
    output: { loss: part(loss, 'fromLogits' in losses[loss]!.fields ? { fromLogits: true } : {}) },
    optimizer: partOf(optimizer),
    epochs: workload.epochs ?? 1,
    batchSize: batch
  })
}

/** The id of a document's last layer. */
export const lastLayer = ({ layers: described }: Workload): string => `layer${described.length - 1}`

type Described = Workload['layers'][number]

function configOf(fields: Fields, described: Described): Config {
  return Object.fromEntries(
    Object.entries(described).map(([name, value]): [string, FieldValue] => {
      if (fields[name]?.kind !== 'part') return [name, value as FieldValue]
      return [name, typeof value === 'string' ? part(value) : partOf(value as Workload['optimizer'])]
    })
  )
}

function partOf({ type, ...config }: Workload['optimizer']): Part {
  return { type, config: config as Config }
}

/** Puts the workload's data where documents look for their sources. */
function addSource(workload: Workload): void {
  const { input, rows } = workload
  const target = targetOf(workload)
  const source: SourceDefinition = {
    type: 'bench',
    title: 'Benchmark',
    summary: 'Numbers to measure with',
    icon: 'timer',
    fields: {},
    describe: () => ({
      features: [],
      classes: Array.from({ length: target.classes ?? 0 }, (_, i) => String(i)),
      shape: input,
      target,
      rows
    }),
    generate: () => rowsOf(workload)
  }
  ;(sources as Record<string, SourceDefinition>)['bench'] = source
}

function targetOf({ data, input }: Workload): Target {
  if (data.kind === 'circle') return { shape: [1] }
  if (data.kind === 'sums') return { shape: [input[0]!, 1] }
  return { classes: data.classes!, shape: [] }
}

function rowsOf({ data, input, rows }: Workload): Rows {
  const random = randomStream(1, 'bench')
  if (data.kind === 'circle') {
    const radii = Float32Array.from(
      { length: rows },
      (_, i) => (i % 2 ? 2.5 : 4) * Math.sqrt(random.uniform())
    )
    const x = new Float32Array(rows * 2)
    for (const [i, radius] of radii.entries()) {
      const angle = 2 * Math.PI * random.uniform()
      x.set([radius * Math.cos(angle), radius * Math.sin(angle)], 2 * i)
    }
    return { x, y: radii.map((_, i) => (i % 2 ? 1 : -1)) }
  }
  if (data.kind === 'sums') {
    const bits = input[0]!
    const x = new Float32Array(rows * bits * 2)
    const y = new Float32Array(rows * bits)
    for (let row = 0; row < rows; row++) {
      const [a, b] = [random.integer(2 ** (bits - 1)), random.integer(2 ** (bits - 1))]
      for (let bit = 0; bit < bits; bit++) {
        x.set([(a >> bit) & 1, (b >> bit) & 1], 2 * (row * bits + bit))
        y[row * bits + bit] = ((a + b) >> bit) & 1
      }
    }
    return { x, y }
  }
  return {
    x: Float32Array.from({ length: rows * sizeOf(input) }, () => random.normal()),
    y: Int32Array.from({ length: rows }, () => random.integer(data.classes!))
  }
}
