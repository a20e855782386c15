import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { layers } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import { tensorflowFor } from '@core/run/tensorflow'
import { chooseEngine } from '@trainer/engines/choose'
import { eagerEngine } from '@trainer/engines/eager/engine'
import { documentOf, recipe } from '../core/helpers/networks'
import {
  differences,
  isTame,
  prepare,
  runs,
  timeFor,
  timeout,
  TOLERANCE,
  trainThree,
  using
} from './anyNetwork'
import { compute, difference, type LayerCase } from './layerCase'
import { opsOn } from './opsOn'
import { engines, oracle } from './support'

// TensorFlow reads it when it is loaded, which the imports above do.
vi.hoisted(() => {
  process.env['TF_ENABLE_ONEDNN_OPTS'] = '1'
})

describe.runIf(engines.includes('native'))('with oneDNN, where the rule allows it', () => {
  const cases = ['conv1d', 'conv2d'].flatMap((type) =>
    (JSON.parse(oracle(`layers/${type}.json`)) as { cases: LayerCase[] }).cases
      .filter(({ config }) => layers[type]!.oneDnn!(fullConfig(layers[type]!.fields, config)) === 'faster')
      .map((example) => [type, example.name, example] as const)
  )

  test.each(cases)('%s, %s, is what Keras computes', async (type, _name, example) => {
    const ops = await opsOn('native')
    tf.tidy(() => {
      const { output, inputSlopes, weightSlopes } = compute(ops, type, example)
      const wanted = [
        [output, example.output] as const,
        ...Object.entries(example.inputSlopes ?? {}).map(
          ([of, values]) => [inputSlopes[of]!, values] as const
        ),
        ...Object.entries(example.weightSlopes ?? {}).map(
          ([of, values]) => [weightSlopes[of]!, values] as const
        )
      ]
      for (const [actual, expected] of wanted) {
        const { error, allowed } = difference(actual, expected)
        expect(error).toBeLessThanOrEqual(allowed)
      }
    })
  })

  test(
    'a network learns the same compiled and operation by operation',
    async () => {
      const native = await chooseEngine('native')
      const eager = eagerEngine({ info: native.info, name: 'tensorflow', ops: await opsOn('native') })
      const convolving = recipe.filter((from) => tensorflowFor(documentOf(from), {}).oneDnn)
      const more = timeFor(8_000)
      let compared = 0
      await fc.assert(
        fc.asyncProperty(convolving, async (from) => {
          if (!more()) return
          const prepared = prepare(documentOf(from))
          const reference = await using(eager, prepared, (network) => trainThree(network, prepared))
          if (!isTame(reference)) return
          const compiled = await using(native, prepared, (network) => trainThree(network, prepared))
          expect(differences(compiled, reference, TOLERANCE)).toEqual([])
          compared++
        }),
        runs(60)
      )
      expect(compared).toBeGreaterThan(3)
    },
    timeout
  )
})
