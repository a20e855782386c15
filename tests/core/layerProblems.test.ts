import { describe, expect, test } from 'vitest'
import { applyEdit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import type { Config } from '@core/registry/fields'
import type { Problem } from '@core/result'
import { sketch, type NodeSketch } from './helpers/documents'

/** A layer that gives this shape, whatever the data is. */
function giving(shape: readonly number[]): NodeSketch[] {
  const size = shape.reduce((a, b) => a * b, 1)
  const row: NodeSketch = ['dense', { units: size }]
  const [height, width, channels] = shape
  if (shape.length === 1) return [row]
  if (shape.length === 2) return [row, ['reshape', { to: 'sequence', height: height!, width: width! }]]
  return [row, ['reshape', { to: 'picture', height: height!, width: width!, channels: channels! }]]
}

/** data → … → the layer, with each of the shapes on one of its ports. */
function drawing(type: string, config: Config, shapes: readonly (readonly number[])[]): Document {
  const nodes: Record<string, NodeSketch> = { data: ['data'] }
  const edges: string[] = []
  const ports = ['input', 'second', 'third', 'fourth']
  for (const [i, shape] of shapes.entries()) {
    let before = 'data.features'
    for (const [k, node] of giving(shape).entries()) {
      const id = `before${i}x${k}`
      nodes[id] = node
      edges.push(`${before}-${id}.input`)
      before = `${id}.output`
    }
    edges.push(`${before}-layer.${ports[i]!}`)
  }
  nodes['layer'] = [type, config]
  return sketch(nodes, edges)
}

const ofLayer = (document: Document): Problem[] =>
  derive(document, {}).problems.filter((p) => p.nodeId === 'layer' && p.code !== 'dead-end')

const cases: [string, Config, (readonly number[])[], string, string | undefined][] = [
  ['dense', {}, [[8, 8, 3]], 'Gets a picture of 8 × 8 × 3, needs a row of numbers.', 'Add Flatten before it'],
  ['conv2d', {}, [[784]], 'Gets a row of 784 numbers, needs a picture.', 'Add Reshape to 28 × 28 × 1'],
  ['conv2d', {}, [[3072]], 'Gets a row of 3,072 numbers, needs a picture.', 'Add Reshape to 32 × 32 × 3'],
  ['conv2d', {}, [[7]], 'Gets a row of 7 numbers, needs a picture.', undefined],
  [
    'maxPooling2d',
    {},
    [[8, 6]],
    'Gets a sequence of 8 steps with 6 numbers each, needs a picture.',
    'Add Reshape to 8 × 6 × 1'
  ],
  ['lstm', {}, [[8, 8, 3]], 'Gets a picture of 8 × 8 × 3, needs a sequence.', 'Add Reshape to 8 × 24'],
  ['gru', {}, [[5]], 'Gets a row of 5 numbers, needs a sequence.', 'Add Reshape to 5 × 1'],
  [
    'repeatVector',
    {},
    [[2, 3]],
    'Gets a sequence of 2 steps with 3 numbers each, needs a row of numbers.',
    'Add Flatten before it'
  ],
  [
    'embedding',
    {},
    [[2, 1]],
    'Gets a sequence of 2 steps with 1 number each, needs a row of whole numbers.',
    'Add Flatten before it'
  ],
  [
    'conv2d',
    { kernelSize: 5 },
    [[3, 4, 1]],
    'Its window of 5 × 5 is larger than the 3 × 4 picture.',
    'Use a window of 3'
  ],
  [
    'conv2d',
    { kernelSize: 3, dilationRate: 2 },
    [[4, 4, 1]],
    'Its window of 5 × 5 is larger than the 4 × 4 picture.',
    'Fill the edges'
  ],
  [
    'conv1d',
    { kernelSize: 9 },
    [[6, 2]],
    'Its window of 9 steps is larger than the sequence of 6 steps.',
    'Use a window of 6'
  ],
  [
    'averagePooling2d',
    { poolSize: 4 },
    [[2, 2, 3]],
    'Its window of 4 × 4 is larger than the 2 × 2 picture.',
    'Use a window of 2'
  ],
  [
    'conv2d',
    { strides: 2, dilationRate: 3, kernelSize: 2 },
    [[9, 9, 1]],
    'Steps by 2 and has gaps of 3, can do only one of the two.',
    'Close the gaps'
  ],
  [
    'add',
    {},
    [
      [3, 3, 8],
      [3, 3, 4]
    ],
    'First is a picture of 3 × 3 × 8, second a picture of 3 × 3 × 4; they need the same shape.',
    undefined
  ],
  [
    'multiply',
    {},
    [[4], [4], [2, 2]],
    'First is a row of 4 numbers, third a sequence of 2 steps with 2 numbers each; they need the same shape.',
    undefined
  ],
  [
    'concatenate',
    {},
    [
      [3, 2],
      [4, 2]
    ],
    'First is a sequence of 3 steps with 2 numbers each, second a sequence of 4 steps with 2 numbers each; all but the last size must agree.',
    undefined
  ],
  [
    'reshape',
    { height: 28, width: 28, channels: 1 },
    [[100]],
    'Gets 100 numbers, which do not fill 28 × 28 × 1.',
    'Make it a row'
  ],
  [
    'reshape',
    { height: 28, width: 28, channels: 1 },
    [[2352]],
    'Gets 2,352 numbers, which do not fill 28 × 28 × 1.',
    'Use 28 × 28 × 3'
  ],
  [
    'reshape',
    { height: 0, width: 5, channels: 1 },
    [[12]],
    'Gets 12 numbers, which do not fill any × 5 × 1.',
    'Make it a row'
  ],
  [
    'reshape',
    { height: 0, width: 0 },
    [[12]],
    'Leaves two sizes open, can work out only one.',
    'Make it a row'
  ],
  [
    'permute',
    { order: '2,1' },
    [[2, 3, 4]],
    'Gets a picture of 2 × 3 × 4, but its order is for a sequence.',
    'Use 2, 1, 3'
  ],
  ['permute', { order: '2,1' }, [[4]], 'Gets a row of 4 numbers, but its order is for a sequence.', undefined]
]

describe('what is wrong with a layer is said in words, and mended where that is possible', () => {
  test.each(cases)('%s %j on %j', (type, config, shapes, message, label) => {
    const document = drawing(type, config, shapes)
    const [problem, ...others] = ofLayer(document)
    expect(others).toEqual([])
    expect(problem!.message).toBe(message)
    expect(problem!.fix?.label).toBe(label)
    if (!problem!.fix) return
    const mended = applyEdit(document, problem!.fix.edit)
    expect(ofLayer(mended)).toEqual([])
    expect(derive(mended, {}).nodes['layer']!.outputs['output']).toBeDefined()
  })
})
