import { fullPart } from '@core/registry/complete'
import { tableFile } from './helpers/tables'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { findOrder, leadsTo } from '@core/graph/order'
import { signalMark, signalText, sizeOf } from '@core/graph/signal'
import type { Problem } from '@core/result'
import { emptyProject, firstProject } from '@core/templates'
import { anyDocument } from './helpers/arbitraries'
import { sketch, type NodeSketch } from './helpers/documents'

const ends = { data: ['data'], out: ['output'] } satisfies Record<string, NodeSketch>
const truth = 'data.target-out.target'
const softmax = { units: 2, activation: { type: 'softmax', config: {} } }
const problems = (d: Document, files = {}): readonly Problem[] => derive(d, files).problems
const codes = (d: Document): string[] => problems(d).map((p) => `${p.code} ${p.nodeId ?? ''}`.trim())
/** The document with the first fix of this problem made. */
function mend(d: Document, code: string): Document {
  const fix = problems(d).find((p) => p.code === code)?.fix
  if (!fix) throw new Error(`${code} has no fix.`)
  return applyEdit(d, fix.edit)
}

describe('the first project', () => {
  const { nodes, order, problems: found, data } = derive(firstProject, {})

  test('is in order', () => {
    expect(found).toEqual([])
    expect(order).toEqual({ network: ['data', 'hidden', 'output', 'target'] })
    expect(data).toEqual({
      features: ['x', 'y'],
      classes: ['upper', 'lower'],
      plane: { inputs: ['x', 'y'] },
      shape: [2],
      target: { classes: 2, shape: [] },
      rows: 200
    })
  })

  test('has the shapes and weights of a 2-3-2 network', () => {
    expect(nodes['hidden'].outputs).toEqual({ output: { kind: 'numbers', shape: [3] } })
    expect(nodes['target'].inputs).toEqual({
      prediction: { kind: 'numbers', shape: [2] },
      target: { kind: 'target', classes: 2, shape: [] }
    })
    expect(Object.values(nodes).map((n) => n.parameters)).toEqual([0, 9, 8, 0])
    expect(nodes['hidden'].weights.map(({ name, shape }) => [name, shape])).toEqual([
      ['kernel', [2, 3]],
      ['bias', [3]]
    ])
  })
})

describe('what is missing is asked for', () => {
  test('an empty canvas can be mended to a network that trains', () => {
    let document = emptyProject
    expect(codes(document)).toEqual(['no-output'])
    document = mend(document, 'no-output')
    expect(codes(document)).toEqual(['not-connected target', 'no-layers'])
    document = mend(document, 'no-layers')
    document = mend(document, 'not-connected')
    expect(codes(document)).toEqual(['class-count dense'])
    document = mend(document, 'class-count')
    expect(codes(document)).toEqual([])
  })

  test('data', () => {
    const document = sketch({ a: ['dense', softmax], out: ['output'] }, ['a.output-out.prediction'])
    expect(codes(document)).toEqual(['not-connected a', 'not-connected out', 'no-data'])
    expect(codes(mend(document, 'no-data'))).toEqual(['not-connected a', 'not-connected out'])
  })

  test('an output gets an id of its own, and both its lines', () => {
    const document = sketch({ data: ['data'], target: ['dense', softmax] }, ['data.features-target.input'])
    const mended = mend(document, 'no-output')
    expect(codes(mended)).toEqual([])
    expect(mended.networks[0].nodes['target2'].type).toBe('output')
  })

  test('a line, from the nearest node to the left that fits', () => {
    const document = sketch({ ...ends, a: ['dense'], b: ['dense', softmax] }, [
      'data.features-a.input',
      'b.output-out.prediction',
      truth
    ])
    const [problem] = problems(document)
    expect(problem).toMatchObject({ code: 'not-connected', nodeId: 'b', field: 'input' })
    expect(problem.fix).toEqual({
      label: 'Connect Dense',
      edit: {
        kind: 'connect',
        edge: { from: { node: 'a', port: 'output' }, to: { node: 'b', port: 'input' } }
      }
    })
  })

  test('never a line that would close a loop', () => {
    const document = sketch({ a: ['dense'], b: ['dense'] }, ['a.output-b.input'])
    expect(problems(document).find((p) => p.nodeId === 'a')?.fix).toBeUndefined()
  })
})

describe('mistakes are told on the node that makes them', () => {
  const wrongOutput = (units: number, type: string, source: Document['data']['source']): Document =>
    sketch(
      { ...ends, last: [type, type === 'dense' ? { units } : {}] },
      ['data.features-last.input', 'last.output-out.prediction', truth],
      { data: { ...firstProject.data, source } }
    )
  const blobs = { type: 'blobs', config: { samples: 100, classes: 5, noise: 1, inputs: 'x y' } }

  test('too few neurons for the classes', () => {
    const [problem, ...others] = problems(wrongOutput(3, 'dense', blobs))
    expect(others).toEqual([])
    expect(problem).toMatchObject({
      code: 'class-count',
      nodeId: 'last',
      field: 'units',
      message: 'Gives 3 numbers, but there are 5 classes.',
      fix: { label: 'Use 5 neurons' }
    })
  })

  test('a last layer without neurons gets one that has them', () => {
    const document = wrongOutput(0, 'dropout', blobs)
    expect(problems(document)[0]).toMatchObject({ code: 'class-count', nodeId: 'last' })
    expect(problems(document)[0]).not.toHaveProperty('field')
    expect(codes(mend(document, 'class-count'))).toEqual([])
  })

  test('one number will do for two classes', () => {
    const sigmoid = { units: 1, activation: { type: 'sigmoid', config: {} } }
    expect(
      codes(
        sketch({ ...ends, a: ['dense', sigmoid] }, [
          'data.features-a.input',
          'a.output-out.prediction',
          truth
        ])
      )
    ).toEqual([])
  })

  test('numbers out of range, also within parts, by their path', () => {
    const document = sketch(
      {
        ...ends,
        a: ['dense', { ...softmax, kernelRegularizer: { type: 'l2', config: { rate: -1 } } }],
        drop: ['dropout', { rate: 2 }]
      },
      ['data.features-drop.input', 'drop.output-a.input', 'a.output-out.prediction', truth],
      {
        training: {
          ...firstProject.training,
          optimizer: { type: 'sgd', config: { learningRate: 500, momentum: 0, nesterov: false } }
        }
      }
    )
    expect(problems(document).map(({ nodeId, field, message }) => [nodeId, field, message])).toEqual([
      ['drop', 'rate', 'Share that rests is 2, can be 0.95 at most.'],
      ['a', 'kernelRegularizer.rate', 'Strength is -1, needs at least 0.'],
      [undefined, 'learningRate', 'Learning rate is 500, can be 100 at most.']
    ])
  })

  test('half a neuron', () => {
    const document = applyEdit(firstProject, {
      kind: 'setField',
      nodeId: 'hidden',
      field: 'units',
      value: 2.5
    })
    expect(problems(document)[0]).toMatchObject({
      message: 'Has 2.5 neurons, needs a whole number.',
      fix: { label: 'Use 3 neurons' }
    })
  })

  test('a size that cannot be is told where it is set, and nowhere behind it', () => {
    const document = sketch({ ...ends, a: ['dense', { units: 1.5 }], b: ['reshape'] }, [
      'data.features-a.input',
      'a.output-b.input',
      'b.output-out.prediction',
      truth
    ])
    expect(codes(document)).toEqual(['range a'])
    expect(derive(document, {}).nodes['b'].inputs).toEqual({})
  })

  test('a loop, on each node of it and none behind it', () => {
    const document = sketch({ ...ends, a: ['dense'], b: ['dense'], c: ['dense', softmax] }, [
      'a.output-b.input',
      'b.output-a.input',
      'c.output-out.prediction',
      truth
    ])
    expect(codes(document).filter((c) => c.startsWith('loop'))).toEqual(['loop a', 'loop b'])
  })

  test('the wrong kind of line', () => {
    const document = sketch({ ...ends, a: ['dense', softmax] }, [
      'data.target-a.input',
      'a.output-out.prediction',
      truth
    ])
    expect(problems(document)[0]).toMatchObject({
      code: 'wrong-kind',
      nodeId: 'a',
      message: 'Needs numbers here, gets the true answers.'
    })
  })

  test('dead ends and second outputs', () => {
    const document = sketch({ ...ends, a: ['dense', softmax], lost: ['dense'], more: ['output'] }, [
      'data.features-a.input',
      'a.output-out.prediction',
      'data.features-lost.input',
      'a.output-more.prediction',
      'data.target-more.target',
      truth
    ])
    expect(codes(document)).toEqual(['two-outputs more', 'dead-end lost'])
  })

  test('a table that is not there, on the data node', () => {
    const document: Document = {
      ...firstProject,
      data: {
        ...firstProject.data,
        source: fullPart('source', { type: 'table', config: { file: 'gone.csv' } })
      }
    }
    const derived = derive(document, {})
    expect(derived.problems).toMatchObject([{ code: 'missing-file', nodeId: 'data', field: 'file' }])
    expect(derived.data).toBeUndefined()
    expect(problems(document, { 'gone.csv': tableFile('x,y,c\n1,2,a\n3,4,b\n').file })).toEqual([])
  })

  test('a split that asks for too much', () => {
    const document: Document = {
      ...firstProject,
      data: { ...firstProject.data, split: { train: 5000, test: 0 } }
    }
    expect(problems(document)[0]).toMatchObject({
      code: 'split',
      message: 'Asks for 5,000 rows to train and 0 to test, but there are 200.'
    })
    expect(codes(mend(document, 'split'))).toEqual([])
  })
})

test('two networks are looked at apart', () => {
  const network = (id: string) => ({
    ...firstProject.networks[0],
    id,
    nodes: Object.fromEntries(
      Object.entries(firstProject.networks[0].nodes).map(([n, v]) => [`${id}${n}`, v])
    ),
    edges: firstProject.networks[0].edges.map(({ from, to }) => ({
      from: { ...from, node: `${id}${from.node}` },
      to: { ...to, node: `${id}${to.node}` }
    }))
  })
  const derived = derive({ ...firstProject, networks: [network('a'), network('b')] }, {})
  // Each is whole; two are too many for one task.
  expect(derived.problems.map((p) => p.code)).toEqual(['networks'])
  expect(derived.order['b']).toEqual(['bdata', 'bhidden', 'boutput', 'btarget'])
})

describe('order', () => {
  test('every node comes after those it gets something from; loops come last', () => {
    fc.assert(
      fc.property(anyDocument(), ({ networks: [network] }) => {
        const { order, inLoop } = findOrder(network)
        expect([...order].sort()).toEqual(Object.keys(network.nodes).sort())
        const behindLoop = (id: string) => inLoop.some((l) => l === id || leadsTo(network, l, id))
        for (const { from, to } of network.edges)
          if (!behindLoop(to.node)) expect(order.indexOf(from.node)).toBeLessThan(order.indexOf(to.node))
        expect(order.slice(order.length - order.filter(behindLoop).length).every(behindLoop)).toBe(true)
      })
    )
  })
})

test('signals in words and marks', () => {
  expect(signalText({ kind: 'numbers', shape: [28, 28, 8] })).toBe('28 × 28 × 8')
  expect(signalText({ kind: 'target', classes: 2, shape: [] })).toBe('2 classes')
  expect(signalText({ kind: 'target', classes: 2, shape: [8] })).toBe('2 classes at each of 8 steps')
  expect(signalText({ kind: 'target', shape: [28, 28] })).toBe('28 × 28 numbers')
  expect(signalText({ kind: 'target', shape: [1] })).toBe('1 number')
  expect(signalMark({ kind: 'numbers', shape: [3] })).toBe('row')
  expect(signalMark({ kind: 'numbers', shape: [3, 3] })).toBe('picture')
  expect(signalMark({ kind: 'target', classes: 3, shape: [] })).toBe('target')
  expect(sizeOf([2, 3, 4])).toBe(24)
  expect(sizeOf([])).toBe(1)
})
