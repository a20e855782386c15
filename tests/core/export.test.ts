import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeDataset } from '@core/data/dataset'
import { exportFolder } from '@core/export/folder'
import { formats } from '@core/export/formats'
import { kerasNetwork } from '@core/export/keras/network'
import { kerasOrder } from '@core/export/keras/order'
import { snakeCase } from '@core/export/keras/keras3'
import { exportModel, fileName } from '@core/export/model'
import { npyFile, readNpy } from '@core/export/npy'
import { compareAnswers } from '@core/export/proof'
import { printed } from '@core/export/usage'
import { derive } from '@core/graph/derive'
import { planSystem } from '@core/graph/plan'
import { sizeOf } from '@core/graph/signal'
import { setSetting } from '@core/document/paths'
import type { Document } from '@core/document/schema'
import { fullConfig } from '@core/registry/complete'
import { unwrap } from '@core/result'
import { firstProject } from '@core/templates'

const windowIcons = readFileSync(resolve(import.meta.dirname, '../../renderer/shared/icons.ts'), 'utf8')

const modelOf = (document: Document, scale = 1) =>
  exportModel({
    document,
    files: {},
    weights: planSystem(document, derive(document, {})).weights.map(({ name, spec: { shape } }) => ({
      name,
      shape,
      values: new Float32Array(sizeOf(shape)).fill(0.5)
    })),
    epoch: 3,
    scale,
    preparation: undefined
  })

test('every format is a file, is in the index, and says what people need', () => {
  const files = readdirSync(resolve(import.meta.dirname, '../../core/export/formats'))
  expect(
    files
      .map((file) => file.replace('.ts', ''))
      .filter((name) => name !== 'index')
      .sort()
  ).toEqual(Object.keys(formats).sort())
  for (const { type, title, summary, docs, icon } of Object.values(formats)) {
    expect(windowIcons.includes(`/icons/${icon}'`), `${type}: its icon is in renderer/shared/icons.ts`).toBe(
      true
    )
    expect(title.length).toBeLessThanOrEqual(24)
    expect(summary).not.toMatch(/\.$/)
    expect(docs).toMatch(/\.$/)
  }
})

test.each(Object.values(formats))('$title comes with a README that has its code', async (format) => {
  const model = modelOf(firstProject)
  const config = fullConfig(format.fields)
  const samples = { x: Float32Array.of(0.5, 1, 1, -0.5), rows: 2 }
  const files = await exportFolder(format, model, config, {
    ...{ h5: () => new Uint8Array(8), samples, dataset: unwrap(makeDataset(firstProject.data, {})) },
    answers: () => new Float32Array(4),
    start: () => model.values,
    score: () => ({ part: 'validation', loss: 0.1, accuracy: 0.975 }),
    ...{
      partAnswers: () => new Float32Array(2 * 60).fill(0.5),
      history: [],
      project: firstProject,
      files: {}
    },
    ...{
      facts: { version: '1.0.0', engine: 'Test', files: [] },
      pdf: (html: Uint8Array) => Promise.resolve(html)
    },
    page: () => ({ script: 'run()', style: 'p {}', hashes: { script: 'abc', style: 'def' } })
  })
  const text = new TextDecoder().decode(files['README.md'])
  expect(text).toContain(format.usage(model, config, samples).code)
  for (const name of Object.keys(files)) expect(text.includes(name) || name === 'README.md').toBe(true)
  if (format.whole) expect(files['preparation.json']).toBeUndefined()
  else
    expect(JSON.parse(new TextDecoder().decode(files['preparation.json']))).toMatchObject({
      input: { shape: [2] },
      output: { shape: [2] }
    })
})

describe('what is exported', () => {
  test('bytes are brought to scale by a layer in front', () => {
    const model = modelOf(firstProject, 1 / 255)
    const first = model.plan.nodes.find(({ layer }) => layer.type === 'rescaling')!
    expect(model.configs[first.id]).toEqual({ scale: 1 / 255, offset: 0 })
    expect(first.inputs['input']!.node).toBe(model.plan.source.id)
    expect(model.plan.nodes.some(({ inputs }) => inputs['input']?.node === first.id)).toBe(true)
  })

  test.each([
    ['Two moons', 'two-moons'],
    ['Größe: 3/4 “neu”', 'grosse-3-4-neu'],
    ['../../etc', 'etc'],
    ['月', 'network']
  ])('%s is called %s on the disk', (title, name) => {
    expect(fileName(title)).toBe(name)
  })
})

describe('Keras', () => {
  // keras.src.utils.naming.to_snake_case of Keras 3.15
  test.each([
    ['Dense', 'dense'],
    ['SimpleRNN', 'simple_rnn'],
    ['LSTM', 'lstm'],
    ['Conv2DTranspose', 'conv2d_transpose'],
    ['PReLU', 'p_re_lu'],
    ['GlobalMaxPooling1D', 'global_max_pooling1d'],
    ['LeakyReLU', 'leaky_re_lu']
  ])('calls the weights of %s %s', (name, snake) => {
    expect(snakeCase(name)).toBe(snake)
  })

  test('lists layers by their distance from the output', () => {
    const node = (name: string, ...inputs: string[]) => ({ name, inputs })
    const nodes = [
      node('short', 'data'),
      node('a', 'data'),
      node('b', 'a'),
      node('lost', 'data'),
      node('join', 'short', 'b'),
      node('out', 'join')
    ]
    // As keras.Model(...).layers has them for this network.
    expect(kerasOrder(nodes, 'out').map(({ name }) => name)).toEqual(['a', 'short', 'b', 'join', 'out'])
  })

  test('names the layer that it lacks, and who has it', () => {
    const document = unwrap(setSetting(firstProject, 'nodes.hidden.activation', 'gaussian'))
    const network = kerasNetwork(modelOf(document), 'keras3')
    expect(network).toMatchObject({
      ok: false,
      problems: [{ nodeId: 'hidden', message: 'Dense has the activation Gauss, which Keras lacks.' }]
    })
  })

  test('makes an activation that it has as a layer only one behind its layer', () => {
    const document = unwrap(setSetting(firstProject, 'nodes.hidden.activation', 'leakyRelu'))
    const { nodes } = unwrap(kerasNetwork(modelOf(document), 'tfjs'))
    expect(nodes.map(({ name, layer }) => [name, layer.class, layer.config?.['activation'] ?? null])).toEqual(
      [
        ['hidden', 'Dense', 'linear'],
        ['hidden_activation', 'LeakyReLU', null],
        ['output', 'Dense', 'softmax']
      ]
    )
  })
})

test('arrays of NumPy come back as they were', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
      fc.infiniteStream(fc.float()),
      (shape, values) => {
        const numbers = Float32Array.from({ length: sizeOf(shape) }, () => values.next().value as number)
        const bytes = npyFile(shape, numbers)
        const read = readNpy(bytes)
        expect(read.shape).toEqual(shape)
        expect([...read.values]).toEqual([...numbers])
      }
    )
  )
})

describe('a proof', () => {
  test.each([
    [[1, 2], [1, 2], true, 0],
    [[1, 2.00001], [1, 2], true, 1e-5],
    [[1, 2.1], [1, 2], false, 0.1],
    [[1], [1, 2], false, Infinity],
    [[NaN], [1], false, Infinity],
    [[NaN], [NaN], true, 0]
  ])('%s beside %s', (answers, reference, agrees, difference) => {
    const found = compareAnswers(Float32Array.from(answers), Float32Array.from(reference))
    expect(found.agrees).toBe(agrees)
    if (Number.isFinite(difference)) expect(found.difference).toBeCloseTo(difference, 5)
    else expect(found.difference).toBe(difference)
  })
})

// print(np.array(…).round(3)) in NumPy 2.4
test.each([
  [[0.9849, 0.0151, 0.163, 0.837], [2], '[[0.985 0.015]\n [0.163 0.837]]'],
  [[0.5, 0.25], [2], '[[0.5  0.25]]'],
  [[1, -2], [2], '[[ 1. -2.]]'],
  [[1, 2, 3, 4], [2, 1], '[[[1.]\n  [2.]]\n\n [[3.]\n  [4.]]]']
])('answers are shown as NumPy prints them: %s', (values, shape, text) => {
  const rows = values.length / sizeOf(shape)
  expect(printed(Float32Array.from(values), shape, rows)).toBe(text)
})
