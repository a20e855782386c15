import { sizeOf } from '@core/graph/signal'
import { optimizers } from '@core/registry'
import { attribute, DType, Graph } from '@core/export/tensorflow/graph'
import { call, NativeSession } from '@trainer/engines/native/session'
import { addVariable } from '@trainer/engines/native/variables'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectGolden } from '../core/helpers/golden'
import { opsOn } from './opsOn'
import { flat, ours, reference, type Nested } from './optimizerCases'
import { engines } from './support'

/*
 * An optimizer that names a TensorFlow kernel says that it computes the same as its own `update`. Here the kernels
 * themselves run in a session, as the native engine has them, against what Keras gets.
 */

const shapeOf = (values: Nested): number[] =>
  typeof values === 'number' ? [] : [values.length, ...shapeOf(values[0]!)]

const cases = reference.cases
  .map((c) => ({ ...c, ...ours(c.keras, c.config) }))
  .filter((c) => c.optimizer.rule.kernel && c.clipping.rule.type === 'none')
const weights = Object.entries(reference.start).map(([name, start]) => ({
  name,
  start: flat(start),
  shape: shapeOf(start)
}))

test('an optimizer without a kernel has none that would do', () => {
  const without = Object.values(optimizers).filter((rule) => !rule.kernel)
  // AdamW would be two kernels, one after the other; of the previous gradient TensorFlow knows nothing.
  expect(without.map(({ type }) => type).sort()).toEqual(['adamW', 'previousGradient'])
})

describe.runIf(engines.includes('native'))('kernels as Keras computes them', () => {
  const sessions: NativeSession[] = []
  beforeAll(async () => {
    await opsOn('native')
  }, 60_000)
  afterAll(() => {
    for (const session of sessions) session.dispose()
  })

  test.each(cases)('$name', ({ optimizer: { rule, config }, schedule, config: keras, path }) => {
    const kernel = rule.kernel!(config)!
    const slots = Object.entries(rule.slots(config))
    const numbers = Object.keys(rule.numbers(config, 1, 1))
    const graph = new Graph()
    const made = weights.map(({ name, start, shape }) => {
      const variable = addVariable(graph, name, shape)
      const remembered = new Map(
        slots.map(([slot, first]) => [slot, { first, ...addVariable(graph, `${name}/${slot}`, shape) }])
      )
      const gradient = graph.placeholder(`${name}/gradient`, DType.float, shape)
      return { name, start, shape, variable, remembered, gradient }
    })
    const scalars = new Map(numbers.map((n) => [n, graph.placeholder(`number/${n}`, DType.float, [])]))
    const updates = made.map(({ variable, remembered, gradient }) =>
      graph.add(
        kernel.op,
        kernel.inputs.map((from) => {
          if (typeof from === 'number') return graph.scalar(from)
          if (from === 'weight') return variable.handle
          if (from === 'gradient') return gradient
          const [kind, key] = from.split(':') as [string, string]
          return kind === 'slot' ? remembered.get(key)!.handle : scalars.get(key)!
        }),
        {
          T: attribute.type(DType.float),
          ...Object.fromEntries(
            Object.entries(kernel.flags ?? {}).map(([flag, on]) => [flag, attribute.bool(on)])
          )
        }
      )
    )
    graph.add(
      'Identity',
      [graph.integer(0), ...updates.map((name) => `^${name}`)],
      { T: attribute.type(DType.int32) },
      'done'
    )
    const session = new NativeSession(graph)
    sessions.push(session)
    const put = (shape: readonly number[], values: readonly number[]): number =>
      session.tensor(DType.float, shape, Float32Array.from(values))
    const run = (feeds: readonly string[], fetches: readonly string[], inputs: readonly number[]) => {
      const results = session.run(call(feeds, fetches), inputs)
      session.delete(...inputs)
      return results
    }
    for (const { start, shape, variable, remembered } of made) {
      run([variable.fed], [variable.set], [put(shape, start)])
      for (const { fed, set, first } of remembered.values())
        run([fed], [set], [put(shape, new Array<number>(sizeOf(shape)).fill(first))])
    }
    for (const [step, given] of reference.gradients.entries()) {
      const place = { step, stepsPerEpoch: 4, steps: 8, losses: [] }
      const rate = (keras['learningRate'] as number) * schedule.rule.factor(schedule.config, place)
      const now = rule.numbers(config, step + 1, rate)
      run(
        [...made.map(({ gradient }) => gradient), ...scalars.values()],
        ['done'],
        [
          ...made.map(({ name, shape }) => put(shape, flat(given[name]!))),
          ...numbers.map((n) => put([], [now[n]!]))
        ]
      )
      const read = run(
        [],
        made.map(({ variable }) => variable.read),
        []
      )
      for (const [i, { name }] of made.entries())
        expectGolden(read[i] as Float32Array, flat(path[step]![name]!))
    }
  })
})
