import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { hasOnnxCell } from '@core/export/onnx/recurrent'
import { onnxFile } from '@core/export/onnx/write'
import { trace } from '@core/export/program/trace'
import type { Ops } from '@core/registry/define'
import { runOnnx } from '@trainer/export/readers/onnx'
import { sampledLayerNetworks } from '../../core/helpers/layerNetworks'
import { chainRecipe, documentOf, recipe, sequenceRecipe } from '../../core/helpers/networks'
import { opsOn } from '../opsOn'
import { difference, exampleOf, tamed, type Example } from './traced'

const full = process.env['NETLOOM_FULL'] === '1'
let ops: Ops
beforeAll(async () => {
  ops = await opsOn('native')
}, 60_000)

const answersOf = ({ traced, x, rows }: Example): Promise<Float32Array> =>
  runOnnx(onnxFile(trace(traced, hasOnnxCell), 'network', {}), traced.plan.source.shape, { x, rows })

test.each(sampledLayerNetworks())(
  'ONNX Runtime answers as the engine does: $type, $title',
  async ({ document }) => {
    const example = exampleOf(ops, document)
    expect(difference(await answersOf(example), example.answers)).toBeLessThanOrEqual(0)
  }
)

test('ONNX Runtime answers as the engine does: any network', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(recipe, recipe, chainRecipe, sequenceRecipe), async (from) => {
      const example = exampleOf(ops, documentOf(from))
      if (!tamed(example)) return
      expect(difference(await answersOf(example), example.answers)).toBeLessThanOrEqual(0)
    }),
    { numRuns: full ? 200 : 25, seed: 12 }
  )
})
