import { describe, expect, onTestFinished, test } from 'vitest'
import type { Document } from '@core/document/schema'
import { part } from '@core/registry/define'
import { chainProject } from '@core/templates/chainProject'
import type { Config } from '@core/registry/fields'
import type { FromTrainer, ToTrainer } from '@core/ipc'
import { openSession } from './support'

type Unrolled = Extract<FromTrainer, { type: 'unrolled' }>
type Inside = Extract<FromTrainer, { type: 'inside' }>
type Asked = Extract<ToTrainer, { type: 'unrolled' | 'inside' }>

const memory = (type: string, config: Config, masked = false): Document =>
  chainProject({
    ...{ name: 'Memory', source: part('memory', { samples: 20, gap: 3 }), split: { train: 0.8, test: 0 } },
    layers: [
      ...(masked ? ([['masking', 'masking', {}]] as const) : []),
      ['walk', type, { units: 6, returnSequences: true, ...config }],
      ['flatten', 'flatten', {}],
      ['output', 'dense', { units: 4, activation: part('softmax') }]
    ],
    optimizer: part('adam', { learningRate: 0.05 }),
    epochs: 1
  })

async function asked(document: Document, request: (id: number) => Asked): Promise<FromTrainer> {
  const { session, answers, until } = openSession()
  onTestFinished(() => session.dispose())
  await session.prepare({ document, files: {} })
  session.receive(request(1))
  const { way: _, ...inside } = request(2) as Extract<Asked, { type: 'unrolled' }>
  session.receive({ ...inside, type: 'inside' } as Asked)
  await until(() => answers.filter((answer) => 'id' in answer && [1, 2].includes(answer.id)).length === 2)
  return {
    ...answers.find((a) => 'id' in a && a.id === 1),
    inside: answers.find((a) => 'id' in a && a.id === 2)
  } as never
}

const look = async (document: Document, values?: Float32Array<ArrayBuffer>, way?: 'forward' | 'backward') => {
  const example = values ? { values } : { row: 3 }
  const reply = await asked(document, (id) => ({
    ...{ type: 'unrolled', id, nodeId: 'walk', example },
    ...(way ? { way } : {})
  }))
  return reply as Unrolled & { readonly inside: Inside }
}

describe('the steps of a layer', () => {
  test.each([
    ['simpleRnn', {}, ['hidden']],
    ['gru', {}, ['hidden', 'reset', 'update']],
    ['gru', { resetAfter: false }, ['hidden', 'reset', 'update']],
    ['lstm', {}, ['carry', 'forget', 'hidden', 'input', 'output']],
    [
      'lstm',
      { goBackwards: true, activation: part('relu') },
      ['carry', 'forget', 'hidden', 'input', 'output']
    ]
  ])(
    '%s %j: hidden states are those of the engine, gates are between 0 and 1',
    async (type, config, names) => {
      const { steps, units, states, order, inputs, inside } = await look(memory(type, config))
      expect([steps, units]).toEqual([4, 6])
      expect(Object.keys(states).sort()).toEqual(names)
      const engine = inside.nodes['walk']!.values
      for (const [i, value] of states['hidden']!.entries())
        expect(Math.abs(value - engine[i]!)).toBeLessThan(1e-5)
      for (const name of names.filter((n) => n !== 'hidden' && n !== 'carry'))
        expect(states[name]!.every((v) => v > 0 && v < 1)).toBe(true)
      expect([...inputs]).toEqual([...inside.x])
      expect(order[0]).toBe('goBackwards' in config ? 3 : 0)
      const { hidden, update, carry, output } = states
      // h = o · tanh(c)
      if (type === 'lstm' && !('activation' in config))
        for (const [i, value] of hidden!.entries())
          expect(value).toBeCloseTo(output![i]! * Math.tanh(carry![i]!), 5)
      // h = z · before + (1 − z) · candidate, which is at most 1 in size.
      if (update)
        for (let i = units; i < hidden!.length; i++) {
          const candidate = (hidden![i]! - update[i]! * hidden![i - units]!) / (1 - update[i]!)
          expect(Math.abs(candidate)).toBeLessThan(1 + 1e-4)
        }
    }
  )

  test.each(['gru', 'lstm'])('of a layer that reads both ways with %s, each way by itself', async (cell) => {
    const document = memory('bidirectional', { cell, units: 3 })
    for (const way of ['forward', 'backward'] as const) {
      const { steps, units, states, order, inside } = await look(document, undefined, way)
      expect([steps, units, order[0]]).toEqual([4, 3, way === 'forward' ? 0 : 3])
      // Both are put side by side, at the steps of the example.
      const engine = inside.nodes['walk']!.values
      const from = way === 'forward' ? 0 : units
      for (const [read, place] of order.entries())
        for (let unit = 0; unit < units; unit++)
          expect(states['hidden']![read * units + unit]).toBeCloseTo(
            engine[place * 2 * units + from + unit]!,
            5
          )
    }
  })

  test('a step that only fills up leaves the state as it is', async () => {
    const values = new Float32Array(20)
    for (const [step, symbol] of [0, 2].entries()) values[step * 5 + symbol] = 1
    const { counts, states, units } = await look(memory('gru', {}, true), values)
    expect([...counts]).toEqual([1, 1, 0, 0])
    const h = states['hidden']!
    const at = (step: number) => [...h.subarray(step * units, (step + 1) * units)]
    expect(at(3)).toEqual(at(1))
    expect(at(0)).not.toEqual(at(1))
  })
})

test('a layer that goes no steps has none to show', async () => {
  const { session, answers, until } = openSession()
  onTestFinished(() => session.dispose())
  await session.prepare({ document: memory('gru', {}), files: {} })
  session.receive({ type: 'unrolled', id: 1, nodeId: 'output', example: { row: 0 } })
  await until(() => answers.length > 0)
  expect(answers[0]).toEqual({ type: 'noView', id: 1 })
})
