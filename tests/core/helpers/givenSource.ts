import { randomStream } from '@core/random/stream'
import { sources } from '@core/registry'
import { defineSource, type SourceDefinition } from '@core/registry/define'
import type { Config, IntField } from '@core/registry/fields'
import { sizeOf, type Target } from '@core/graph/signal'

const count = (value: number): IntField => ({
  kind: 'int',
  label: 'Size',
  help: 'A size.',
  default: value,
  min: 0,
  max: 1_000_000
})

const shapeOf = (config: Config, letter: 'x' | 'y'): number[] =>
  [0, 1, 2].map((axis) => config[`${letter}${axis}`] as number).filter((size) => size > 0)

/** Rows of any shape with answers of any kind: standard normal numbers, and classes in turn. For tests only. */
const given: SourceDefinition = defineSource({
  type: 'given',
  title: 'Given',
  summary: 'Rows of any shape.',
  icon: 'table',
  fields: {
    rows: count(10),
    classes: count(0),
    x0: count(1),
    x1: count(0),
    x2: count(0),
    y0: count(0),
    y1: count(0),
    y2: count(0)
  },
  describe: (config) => ({
    features: [],
    classes: Array.from({ length: config.classes }, (_, i) => `class ${i}`),
    shape: shapeOf(config, 'x'),
    target: {
      ...(config.classes > 0 ? { classes: config.classes } : {}),
      shape: shapeOf(config, 'y')
    },
    rows: config.rows
  }),
  generate: (config, { seed }) => {
    const random = randomStream(seed, 'data/given')
    const normal = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal())
    const x = normal(config.rows * sizeOf(shapeOf(config, 'x')))
    const answers = config.rows * sizeOf(shapeOf(config, 'y'))
    const { classes } = config
    return {
      x,
      y: classes > 0 ? Int32Array.from({ length: answers }, (_, i) => i % classes) : normal(answers)
    }
  }
})

/** Makes the source known, and gives the settings of one with these shapes. */
export function givenSource(rows: number, shape: readonly number[], target: Target): Config {
  ;(sources as Record<string, SourceDefinition>)['given'] = given
  const axes = (letter: string, sizes: readonly number[]) =>
    Object.fromEntries([0, 1, 2].map((axis) => [`${letter}${axis}`, sizes[axis] ?? 0]))
  return { rows, classes: target.classes ?? 0, ...axes('x', shape), ...axes('y', target.shape) }
}
