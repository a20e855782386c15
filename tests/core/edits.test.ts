import { describe, expect, test } from 'vitest'
import { applyEdit, describeEdit, freeId, NODE_PITCH, type Edit } from '@core/document/edits'
import { edgeId, nodeOf, type Document } from '@core/document/schema'
import { edge, frozen, sketch } from './helpers/documents'

const chain = frozen(
  sketch({ data: ['data'], a: ['dense', { units: 3 }], b: ['dense', { units: 2 }], out: ['output'] }, [
    'data.features-a.input',
    'a.output-b.input',
    'b.output-out.prediction',
    'data.target-out.target'
  ])
)
const edges = (d: Document): string[] => d.networks[0].edges.map(edgeId)
const xOf = (d: Document, id: string): number => nodeOf(d, id)!.position.x

describe('setField', () => {
  const set = (field: string, value: never): Document =>
    applyEdit(chain, { kind: 'setField', nodeId: 'a', field, value })

  test('changes one field and shares the rest', () => {
    const after = set('units', 5 as never)
    expect(nodeOf(after, 'a')!.config['units']).toBe(5)
    expect(nodeOf(after, 'b')).toBe(nodeOf(chain, 'b'))
    expect(after.networks[0].edges).toBe(chain.networks[0].edges)
    expect(after.data).toBe(chain.data)
  })

  test('completes a part', () => {
    const after = set('activation', { type: 'leakyRelu', config: {} } as never)
    expect(nodeOf(after, 'a')!.config['activation']).toEqual({
      type: 'leakyRelu',
      config: { negativeSlope: 0.2 }
    })
  })

  test.each([
    ['the value that is there', 'units', 3],
    ['the part that is there', 'activation', { type: 'tanh', config: {} }],
    ['a field that is not there', 'constructor', 3],
    ['no number', 'units', Number.NaN],
    ['the wrong type', 'useBias', 'yes'],
    ['an unknown part', 'activation', { type: 'magic', config: {} }],
    ['an unknown setting of a part', 'activation', { type: 'relu', config: { slope: 1 } }]
  ])('leaves the document alone for %s', (_what, field, value) => {
    expect(set(field, value as never)).toBe(chain)
  })
})

describe('addNode', () => {
  const add = (edit: Partial<Extract<Edit, { kind: 'addNode' }>>): Document =>
    applyEdit(chain, { kind: 'addNode', type: 'dense', position: { x: 0, y: 0 }, ...edit })

  test('counts ids up', () => {
    expect(freeId(chain, 'dense')).toBe('dense')
    expect(Object.keys(add({}).networks[0].nodes).at(-1)).toBe('dense')
    expect(freeId(add({}), 'dense')).toBe('dense2')
  })

  test('never takes an id that is there, in whichever network', () => {
    const two: Document = {
      ...chain,
      networks: [...chain.networks, { id: 'second', name: 'Second', nodes: {}, edges: [] }]
    }
    const after = applyEdit(two, {
      kind: 'addNode',
      network: 'second',
      id: 'a',
      type: 'dense',
      position: { x: 0, y: 0 }
    })
    expect(nodeOf(after, 'a')).toBe(nodeOf(chain, 'a'))
    expect(Object.keys(after.networks[1].nodes)).toEqual(['dense'])
  })

  test('gives every setting, also those of parts', () => {
    const after = add({ config: { kernelInitializer: { type: 'randomNormal', config: { std: 2 } } } })
    expect(nodeOf(after, 'dense')!.config).toMatchObject({
      units: 8,
      kernelInitializer: { type: 'randomNormal', config: { mean: 0, std: 2 } }
    })
  })

  test('an unknown type is a bug', () => {
    expect(() => add({ type: 'constructor' })).toThrow('There is no layer of the type constructor.')
  })
})

describe('connect', () => {
  const connect = (text: string): Document => applyEdit(chain, { kind: 'connect', edge: edge(text) })

  test('replaces what was on the port', () => {
    expect(edges(connect('a.output-out.prediction'))).toEqual([
      'data.features-a.input',
      'a.output-b.input',
      'data.target-out.target',
      'a.output-out.prediction'
    ])
  })

  test.each([
    ['a loop', 'b.output-a.input'],
    ['a node with itself', 'a.output-a.input'],
    ['a port that is not there', 'a.output-b.constructor'],
    ['an output as an input', 'a.input-b.input'],
    ['a node that is not there', 'a.output-nobody.input'],
    ['what is connected already', 'a.output-b.input']
  ])('leaves the document alone for %s', (_what, text) => {
    expect(connect(text)).toBe(chain)
  })
})

describe('insertOnEdge', () => {
  test('moves what follows where there is no room, and only that', () => {
    const after = applyEdit(chain, { kind: 'insertOnEdge', edge: 'a.output-b.input', type: 'dropout' })
    expect(edges(after)).toEqual([
      'data.features-a.input',
      'b.output-out.prediction',
      'data.target-out.target',
      'a.output-dropout.input',
      'dropout.output-b.input'
    ])
    expect(xOf(after, 'a')).toBe(NODE_PITCH)
    expect(xOf(after, 'dropout')).toBe(2 * NODE_PITCH)
    expect(xOf(after, 'b')).toBe(3 * NODE_PITCH)
    expect(xOf(after, 'out')).toBe(4 * NODE_PITCH)
    expect(nodeOf(after, 'a')).toBe(nodeOf(chain, 'a'))
  })

  test('goes into the middle where there is room', () => {
    const wide = applyEdit(chain, { kind: 'move', to: { b: { x: 1000, y: 80 } } })
    const after = applyEdit(wide, { kind: 'insertOnEdge', edge: 'a.output-b.input', type: 'dropout' })
    expect(nodeOf(after, 'dropout')!.position).toEqual({ x: 602, y: 40 })
    expect(nodeOf(after, 'out')).toBe(nodeOf(wide, 'out'))
  })

  test('leaves what comes before in its place, even where the line goes from right to left', () => {
    const backwards = applyEdit(chain, { kind: 'move', to: { a: { x: 900, y: 0 } } })
    const after = applyEdit(backwards, { kind: 'insertOnEdge', edge: 'a.output-b.input', type: 'dropout' })
    expect(xOf(after, 'a')).toBe(900)
    expect(xOf(after, 'dropout')).toBe(900 + NODE_PITCH)
    expect(xOf(after, 'b')).toBe(900 + 2 * NODE_PITCH)
  })

  test('a node without both ports cannot go into an edge', () => {
    for (const type of ['data', 'output'])
      expect(applyEdit(chain, { kind: 'insertOnEdge', edge: 'a.output-b.input', type })).toBe(chain)
  })
})

describe('insertBefore', () => {
  test('goes into the edge that feeds the port', () => {
    const after = applyEdit(chain, { kind: 'insertBefore', nodeId: 'b', port: 'input', type: 'flatten' })
    expect(edges(after)).toContain('flatten.output-b.input')
    expect(edges(after)).toContain('a.output-flatten.input')
  })

  test('stands to the left of a port with nothing on it', () => {
    const loose = frozen(sketch({ b: ['dense'] }, []))
    const after = applyEdit(loose, { kind: 'insertBefore', nodeId: 'b', port: 'input', type: 'flatten' })
    expect(edges(after)).toEqual(['flatten.output-b.input'])
    expect(nodeOf(after, 'flatten')!.position).toEqual({ x: -NODE_PITCH, y: 0 })
  })

  test('leaves the document alone for a port that is not there', () => {
    expect(applyEdit(chain, { kind: 'insertBefore', nodeId: 'b', port: 'nose', type: 'flatten' })).toBe(chain)
  })
})

describe('remove', () => {
  test('joins the neighbours of a layer', () => {
    const after = applyEdit(chain, { kind: 'remove', nodes: ['a'], edges: [] })
    expect(edges(after)).toEqual([
      'b.output-out.prediction',
      'data.target-out.target',
      'data.features-b.input'
    ])
  })

  test('joins across several', () => {
    const after = applyEdit(chain, { kind: 'remove', nodes: ['a', 'b'], edges: [] })
    expect(edges(after)).toEqual(['data.target-out.target', 'data.features-out.prediction'])
  })

  test('joins all that a layer fed', () => {
    const fork = sketch({ data: ['data'], a: ['dense'], b: ['dense'], c: ['dense'] }, [
      'data.features-a.input',
      'a.output-b.input',
      'a.output-c.input'
    ])
    expect(edges(applyEdit(fork, { kind: 'remove', nodes: ['a'], edges: [] }))).toEqual([
      'data.features-b.input',
      'data.features-c.input'
    ])
  })

  test('a layer that a file has joined to itself goes with that line', () => {
    const drawn = sketch({ data: ['data'], sum: ['add'], out: ['output'] }, [
      'data.features-sum.input',
      'sum.output-sum.second',
      'sum.output-out.prediction'
    ])
    const after = applyEdit(drawn, { kind: 'remove', nodes: ['sum'], edges: [] })
    expect(edges(after)).toEqual(['data.features-out.prediction'])
  })

  test('an edge that is removed with the layer is not joined', () => {
    const after = applyEdit(chain, { kind: 'remove', nodes: ['a'], edges: ['a.output-b.input'] })
    expect(edges(after)).toEqual(['b.output-out.prediction', 'data.target-out.target'])
  })

  test('what is not there changes nothing', () => {
    expect(applyEdit(chain, { kind: 'remove', nodes: ['constructor'], edges: ['x'] })).toBe(chain)
  })
})

test('duplicate copies settings, names and the connections between the copies', () => {
  const named = applyEdit(chain, { kind: 'rename', nodeId: 'a', name: ' Lines ' })
  const after = applyEdit(named, { kind: 'duplicate', nodes: ['a', 'b', 'nobody'] })
  expect(nodeOf(after, 'dense')).toEqual({
    ...nodeOf(named, 'a')!,
    position: { x: NODE_PITCH + 32, y: 48 }
  })
  expect(nodeOf(after, 'dense')!.name).toBe('Lines')
  expect(edges(after).slice(4)).toEqual(['dense.output-dense2.input'])
})

test('rename trims, shortens, and goes back to the title', () => {
  const long = applyEdit(chain, { kind: 'rename', nodeId: 'a', name: 'x'.repeat(100) })
  expect(nodeOf(long, 'a')!.name).toHaveLength(80)
  const back = applyEdit(long, { kind: 'rename', nodeId: 'a', name: '  ' })
  expect('name' in nodeOf(back, 'a')!).toBe(false)
})

test('freeze keeps a layer’s weights, unfreeze gives the very same node back', () => {
  const cold = applyEdit(chain, { kind: 'freeze', nodeId: 'a', frozen: true })
  expect(nodeOf(cold, 'a')).toEqual({ ...nodeOf(chain, 'a')!, frozen: true })
  expect(nodeOf(cold, 'b')).toBe(nodeOf(chain, 'b'))
  expect(applyEdit(cold, { kind: 'freeze', nodeId: 'a', frozen: true })).toBe(cold)
  const warm = applyEdit(cold, { kind: 'freeze', nodeId: 'a', frozen: false })
  expect(nodeOf(warm, 'a')).toEqual(nodeOf(chain, 'a'))
  expect('frozen' in nodeOf(warm, 'a')!).toBe(false)
  expect(describeEdit(chain, { kind: 'freeze', nodeId: 'a', frozen: true })).toBe('freeze Dense')
  expect(describeEdit(cold, { kind: 'freeze', nodeId: 'a', frozen: false })).toBe('unfreeze Dense')
})

test('there is nothing to freeze where there are no weights, and no node of that name', () => {
  for (const nodeId of ['data', 'out', 'nobody', 'constructor'])
    for (const frozen of [true, false])
      expect(applyEdit(chain, { kind: 'freeze', nodeId, frozen }), nodeId).toBe(chain)
})

test('a copy of a frozen layer is frozen', () => {
  const cold = applyEdit(chain, { kind: 'freeze', nodeId: 'a', frozen: true })
  expect(nodeOf(applyEdit(cold, { kind: 'duplicate', nodes: ['a'] }), 'dense')!.frozen).toBe(true)
})

describe('settings of the project', () => {
  test('take what can be read back', () => {
    const after = applyEdit(chain, { kind: 'setTraining', change: { epochs: 5 } })
    expect(after.training).toEqual({ ...chain.training, epochs: 5 })
    expect(after.networks).toBe(chain.networks)
  })

  test('complete the source', () => {
    const after = applyEdit(chain, { kind: 'setData', change: { source: { type: 'spiral', config: {} } } })
    expect(after.data.source).toEqual({ type: 'spiral', config: { samples: 200, noise: 0.1, inputs: 'x y' } })
  })

  test.each<Edit>([
    { kind: 'setTraining', change: { epochs: 0 } },
    { kind: 'setTraining', change: { batchSize: 2.5 } },
    { kind: 'setTraining', change: { epochs: chain.training.epochs } },
    { kind: 'setData', change: { seed: -1 } },
    { kind: 'setData', change: { source: { type: 'nowhere', config: {} } } },
    { kind: 'setView', change: { pinned: ['a', 'b', 'c', 'd'] } },
    { kind: 'renameProject', name: '  ' },
    { kind: 'move', to: { a: { x: NODE_PITCH, y: 0 } } }
  ])('%o leaves the document alone', (edit) => {
    expect(applyEdit(chain, edit)).toBe(chain)
  })
})

test('undo says what it undoes', () => {
  const label = (edit: Edit): string => describeEdit(chain, edit)
  expect(label({ kind: 'setField', nodeId: 'a', field: 'units', value: 4 })).toBe('change neurons')
  expect(label({ kind: 'addNode', type: 'dropout', position: { x: 0, y: 0 } })).toBe('add Dropout')
  expect(label({ kind: 'remove', nodes: ['a'], edges: [] })).toBe('remove Dense')
  expect(label({ kind: 'remove', nodes: ['a', 'b'], edges: [] })).toBe('remove 2 nodes')
  expect(label({ kind: 'remove', nodes: [], edges: ['x'] })).toBe('remove a connection')
  expect(label({ kind: 'connect', edge: edge('a.output-out.prediction') })).toBe('connect Dense to Output')
})
