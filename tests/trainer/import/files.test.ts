import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, describe, expect, test } from 'vitest'
import type { H5Group } from '@core/export/h5'
import tfjs from '@core/export/formats/tfjs'
import { derive } from '@core/graph/derive'
import { unwrap } from '@core/result'
import { h5Writer } from '@trainer/export/h5'
import { readH5Tree } from '@trainer/import/h5Tree'
import { openModel } from '@trainer/import/openModel'
import { layerCases } from '../export/cases'
import { toolsFor } from '../export/tools'

const models = unzipSync(readFileSync(resolve(import.meta.dirname, '../../oracles/models.zip')))
const folder = mkdtempSync(join(tmpdir(), 'netloom-models-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What is said about a file with these bytes. */
async function said(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const read = await openModel(path)
  if (read.ok) return 'opened'
  const [{ message, detail }] = read.problems
  expect(message).toMatch(/\.$/)
  return `${message} ${detail ?? ''}`
}

type Json = { [name: string]: Json } & Json[]

/** dense.keras with another description or other weights. */
async function changed(
  config: (given: Json) => unknown,
  weights: (given: H5Group) => H5Group = (given) => given
): Promise<Uint8Array> {
  const entries = unzipSync(models['dense.keras'])
  const tree = await readH5Tree(entries['model.weights.h5'])
  const write = await h5Writer()
  return zipSync({
    'config.json': strToU8(JSON.stringify(config(JSON.parse(strFromU8(entries['config.json'])) as Json))),
    'model.weights.h5': write(weights(tree))
  })
}

const same = (given: Json): unknown => given
const firstKernel = (values: Float32Array, shape: readonly number[]) => (tree: H5Group) => ({
  groups: {
    layers: {
      groups: {
        ...tree.groups!['layers'].groups,
        dense: { groups: { vars: { datasets: { '0': { shape, values }, '1': bias } } } }
      }
    }
  }
})
const bias = { shape: [5], values: new Float32Array(5) }

describe('a file that is not what it should be', () => {
  test.each([
    ['cut.keras', () => models['dense.keras'].subarray(0, 4000), /cut\.keras cannot be opened/],
    ['cut.h5', () => models['dense.h5'].subarray(0, 4000), /cut\.h5 cannot be opened/],
    ['empty.keras', () => new Uint8Array(), /not what its ending says/],
    ['text.h5', () => strToU8('hello'), /not what its ending says/],
    ['other.keras', () => zipSync({ '../../evil.sh': strToU8('x') }), /without the description of a model/],
    ['weights.h5', async () => (await h5Writer())({ groups: {} }), /weights alone/],
    ['own.keras', () => changed((m) => ({ ...m, class_name: 'Transformer' })), /a Transformer/],
    ['none.keras', () => changed(() => [1, 2]), /no model of layers/],
    [
      'nan.keras',
      () => changed(same, firstKernel(new Float32Array(20).fill(NaN), [4, 5])),
      /dense.*no number.*damaged/
    ],
    ['shape.keras', () => changed(same, firstKernel(new Float32Array(12), [4, 3])), /dense.*4 × 3.*4 × 5/],
    ['no-weights.keras', () => changed(same, () => ({ groups: { layers: { groups: {} } } })), /opened/]
  ] as const)('%s', async (name, bytes, says) => {
    expect(await said(name, await bytes())).toMatch(says)
  })

  test('a model without weights begins untrained, and says so', async () => {
    const path = join(folder, 'bare.keras')
    writeFileSync(path, await changed(same, () => ({ groups: {} })))
    const { checkpoint, notes } = unwrap(await openModel(path))
    expect(checkpoint).toBeUndefined()
    expect(notes).toEqual([expect.stringContaining('no weights')])
  })

  test('a layer that is not known, or has a setting that is not, is named and keeps the rest from training', async () => {
    const path = join(folder, 'foreign.keras')
    const bytes = await changed((model) => {
      const { layers } = model['config'] as unknown as { layers: { [name: string]: unknown }[] }
      layers.splice(2, 0, {
        class_name: 'MultiHeadAttention',
        config: { name: 'looks' },
        build_config: { input_shape: [null, 5] }
      })
      const last = layers[3]
      last['config'] = { ...(last['config'] as object), activation: 'gelu' }
      return model
    })
    writeFileSync(path, bytes)
    const { document, checkpoint } = unwrap(await openModel(path))
    const { problems } = derive(document, {})
    expect(problems.map(({ message }) => message)).toEqual([
      'MultiHeadAttention is a layer that Netloom does not have.',
      'This Dense has the activation gelu, which is not among Netloom’s.'
    ])
    expect(problems.every(({ fix }) => fix?.label === 'Take it out')).toBe(true)
    // What is known keeps its weights.
    expect(checkpoint!.tensors.map(({ name }) => name)).toEqual(['dense/kernel', 'dense/bias'])
  })
})

describe('TensorFlow.js', () => {
  const { model } = layerCases().find(({ name }) => name === 'conv2d 1')!
  const files = toolsFor(
    { x: new Float32Array(), rows: 0, places: new Int32Array() },
    new Float32Array()
  ).then((tools) => tfjs.write(model, {}, tools))
  const put = (name: string, json: object, bin: Uint8Array): string => {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'weights.bin'), bin)
    writeFileSync(join(folder, name, 'model.json'), JSON.stringify(json))
    return join(folder, name, 'model.json')
  }
  const made = async () => {
    const { 'model.json': json, 'weights.bin': bin } = await files
    return { json: JSON.parse(strFromU8(json)) as Json, bin }
  }

  test('a layers model comes in with the weights beside it', async () => {
    const { json, bin } = await made()
    const { document, checkpoint } = unwrap(await openModel(put('tf', json, bin)))
    expect(document.name).toBe('tf')
    const given = [...model.values.values()].flatMap((values) => [...values])
    expect(checkpoint!.tensors.flatMap(({ values }) => [...values])).toEqual(given)
  })

  test('weights of another folder, cut ones and graph models are refused', async () => {
    const { json, bin } = await made()
    const [group] = json['weightsManifest']
    const away = { ...json, weightsManifest: [{ ...group, paths: ['../tf/weights.bin'] }] }
    const words = async (path: string) => {
      const read = await openModel(path)
      return read.ok ? 'opened' : read.problems[0].message
    }
    expect(await words(put('away', away, bin))).toMatch(/another folder/)
    expect(await words(put('cut', json, bin.subarray(0, 40)))).toMatch(/not whole/)
    expect(await words(put('graph', { format: 'graph-model' }, bin))).toMatch(/graph model/)
  })
})
