import { z } from 'zod'
import { nest, type Nested } from '@core/export/weights'
import type { NamedTensor } from '@core/run/checkpoint'
import { sizeOf } from '@core/graph/signal'
import type { PlannedWeight } from '@core/graph/plan'
import { BadInput } from './words'

const nested: z.ZodType<Nested> = z.lazy(() => z.union([z.number(), z.array(nested)]))
const weightsSchema = z.record(z.string(), z.record(z.string(), nested))

/** Weights from the JSON of `--init`: {"node": {"kernel": [[…]], "bias": […]}}. Those not named are left out. */
export function readWeights(text: string, file: string, weights: readonly PlannedWeight[]): NamedTensor[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new BadInput(`${file} is not JSON: ${(error as Error).message}`)
  }
  const parsed = weightsSchema.safeParse(json)
  if (!parsed.success)
    throw new BadInput(`${file} does not hold weights as {"hidden":{"kernel":[[…]],"bias":[…]}}.`)
  return Object.entries(parsed.data).flatMap(([node, byName]) =>
    Object.entries(byName).map(([name, value]): NamedTensor => {
      const planned = weights.find((w) => w.name === `${node}/${name}`)
      const known = weights.map((w) => w.name.replace('/', '.')).join(', ')
      if (!planned) throw new BadInput(`${file}: the network has no ${node}.${name}. It has ${known}.`)
      const { shape } = planned.spec
      const values = Float32Array.from(numbersOf(value))
      if (shapeOf(value).join() !== shape.join() || values.length !== sizeOf(shape))
        throw new BadInput(
          `${file}: ${node}.${name} has the shape [${shapeOf(value).join(', ')}], needs [${shape.join(', ')}].`
        )
      return { name: planned.name, shape, values }
    })
  )
}

/** The JSON of `--init` for these weights. */
export function writeWeights(weights: readonly NamedTensor[]): string {
  const nodes: Record<string, Record<string, Nested>> = {}
  for (const { name, shape, values } of weights) {
    const [node, weight] = name.split('/') as [string, string]
    nodes[node] ??= {}
    nodes[node][weight] = nest(values, shape)
  }
  return `${JSON.stringify(nodes)}\n`
}

function numbersOf(value: Nested): number[] {
  return typeof value === 'number' ? [value] : value.flatMap(numbersOf)
}

function shapeOf(value: Nested): number[] {
  return typeof value === 'number' ? [] : [value.length, ...shapeOf(value[0] ?? 0)]
}
