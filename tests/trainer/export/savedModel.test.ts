import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { trace } from '@core/export/program/trace'
import { savedModelFile } from '@core/export/tensorflow/write'
import type { Ops } from '@core/registry/define'
import { runSavedModel } from '@trainer/export/readers/savedModel'
import { loadNative, type NativeTensorflow } from '@trainer/nativeAddon'
import { sampledLayerNetworks } from '../../core/helpers/layerNetworks'
import { chainRecipe, documentOf, recipe, sequenceRecipe } from '../../core/helpers/networks'
import { opsOn } from '../opsOn'
import { engines } from '../support'
import { difference, exampleOf, tamed, type Example } from './traced'

const full = process.env['NETLOOM_FULL'] === '1'

describe.runIf(engines.includes('native'))('TensorFlow answers as the engine does', () => {
  let ops: Ops
  let tf: NativeTensorflow
  beforeAll(async () => {
    ops = await opsOn('native')
    const native = await loadNative()
    if (native.ok) tf = native.tf
  }, 60_000)

  const answersOf = ({ traced, x, rows }: Example): Promise<Float32Array> => {
    const files = { 'network/saved_model.pb': savedModelFile(trace(traced)) }
    return runSavedModel(tf, files, 'network', traced.plan.source.shape, { x, rows })
  }

  test.each(sampledLayerNetworks())('$type, $title', async ({ document }) => {
    const example = exampleOf(ops, document)
    expect(difference(await answersOf(example), example.answers)).toBeLessThanOrEqual(0)
  })

  test('any network', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(recipe, recipe, chainRecipe, sequenceRecipe), async (from) => {
        const example = exampleOf(ops, documentOf(from))
        if (!tamed(example)) return
        expect(difference(await answersOf(example), example.answers)).toBeLessThanOrEqual(0)
      }),
      { numRuns: full ? 200 : 25, seed: 13 }
    )
  })
})
