import { makeDataset } from '@core/data/dataset'
import { derive } from '@core/graph/derive'
import { part } from '@core/registry/define'
import { unwrap } from '@core/result'
import { chainProject } from '@core/templates/chainProject'
import { chooseEngine } from '@trainer/engines/choose'
import type { CompiledNetwork, Score } from '@trainer/engines/engine'
import { describe, expect, test } from 'vitest'
import { engines } from './support'

/** Noise, statistics that every update moves, an optimizer with a memory, and a last batch that is smaller. */
const document = chainProject({
  name: 'Moons',
  source: part('moons', { samples: 50 }),
  split: { train: 0.8, test: 0 },
  layers: [
    ['hidden', 'dense', { units: 6, activation: part('tanh') }],
    ['steady', 'batchNormalization', {}],
    ['rest', 'dropout', { rate: 0.3 }],
    ['classes', 'dense', { units: 2, activation: part('softmax') }]
  ],
  optimizer: part('adam'),
  epochs: 2,
  batchSize: 9
})
const STEPS = 150

/** 150 updates with a learning rate that falls, so many in a call. */
function train(network: CompiledNetwork, inACall: number): Score[] {
  const batch = (step: number): Int32Array =>
    Int32Array.from({ length: step % 5 === 4 ? 4 : 9 }, (_, i) => (9 * (step % 5) + i) % 40)
  const scores: Score[] = []
  for (let first = 0; first < STEPS; first += inACall) {
    const steps = Array.from({ length: Math.min(inACall, STEPS - first) }, (_, i) => first + i)
    scores.push(
      ...network.train({
        ...{ first, batches: steps.map(batch), measured: true },
        factors: steps.map((step) => 1 / (1 + step / 50))
      })
    )
  }
  return scores
}

describe.runIf(engines.includes('native'))('several updates in one call of TensorFlow', () => {
  test.each([7, 64, 150])('are the updates one by one, bit for bit: %i', async (inACall) => {
    const native = await chooseEngine('native')
    const dataset = unwrap(makeDataset(document.data, {}))
    const [one, many] = await Promise.all(
      [1, 2].map(() => native.compile(document, derive(document, {}), dataset))
    )
    expect(train(many!, inACall)).toEqual(train(one!, 1))
    expect(many!.readState()).toEqual(one!.readState())
    one!.dispose()
    many!.dispose()
  })
})
