import { describe, expect, test } from 'vitest'
import { keras2Config } from '@core/export/keras/keras2'
import { keras3Config, keras3Weights } from '@core/export/keras/keras3'
import { kerasNetwork } from '@core/export/keras/network'
import { exportModel } from '@core/export/model'
import { derive } from '@core/graph/derive'
import { bringInKeras } from '@core/import/keras/project'
import type { GivenValue } from '@core/registry/define'
import { unwrap } from '@core/result'
import { layerCases, randomCases, type ExportCase } from '../trainer/export/cases'

const json = (value: unknown): GivenValue => JSON.parse(JSON.stringify(value)) as GivenValue

/** Out to Keras, in again, and out once more: the same network with the same weights, in Keras' words. */
function thereAndBack({ model }: ExportCase): string | undefined {
  const there = kerasNetwork(model, 'keras3')
  if (!there.ok) return 'refused'
  const read = bringInKeras({
    title: 'Back',
    dialect: 'keras3',
    topology: json(keras3Config(there.value)),
    weights: keras3Weights(there.value)
  })
  if (!read.ok) return read.problems[0].message
  const { document, checkpoint, notes } = read.value
  const derivation = derive(document, {})
  if (derivation.problems.length > 0)
    return derivation.problems.map((p) => `${p.nodeId ?? ''}: ${p.message}`).join(' ')
  if (notes.length > 0) return notes.join(' ')
  const weights = checkpoint?.tensors ?? []
  const again = unwrap(
    kerasNetwork(
      exportModel({ document, files: {}, weights, epoch: 1, scale: 1, preparation: undefined }),
      'keras3'
    )
  )
  const words = (network: typeof again) =>
    JSON.stringify(
      keras2Config({ ...network, name: '', input: { ...network.input, name: 'data' } })
    ).replaceAll(`"${network.input.name}"`, '"data"')
  expect(words(again)).toBe(words(there.value))
  const numbers = (network: typeof again) =>
    network.nodes.map(({ weights: own }) => own.map(({ shape, values }) => [shape, [...values]]))
  expect(numbers(again)).toEqual(numbers(there.value))
  return undefined
}

describe('a network that Keras holds comes back from there as it was', () => {
  const layers = layerCases()
  test.each(layers.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const wrong = thereAndBack(one)
    if (wrong !== 'refused') expect(wrong).toBeUndefined()
  })

  test('60 networks drawn at random', () => {
    const wrong = randomCases(60).map((one) => [one.name, thereAndBack(one)] as const)
    expect(wrong.filter(([, why]) => why !== undefined && why !== 'refused')).toEqual([])
    expect(wrong.filter(([, why]) => why === undefined).length).toBeGreaterThan(20)
  })
})
