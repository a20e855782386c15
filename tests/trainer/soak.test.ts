import * as tf from '@tensorflow/tfjs-core'
import type { Document } from '@core/document/schema'
import { part } from '@core/registry/define'
import { chainProject } from '@core/templates/chainProject'
import { expect, test } from 'vitest'
import { held } from './anyNetwork'
import { engines, openSession } from './support'

/** TensorFlow.js on WebAssembly takes milliseconds a step: npm run test:full gives it the time. */
const stepsOn = (engine: string): number =>
  engine === 'wasm' && process.env['NETLOOM_FULL'] !== '1' ? 1_500 : 12_000
const STEPS_PER_EPOCH = 3

/** Points, batches of two sizes, chance, a schedule and everything that is measured after an epoch. */
function project(engine: Document['training']['engine']): Document {
  const document = chainProject({
    name: 'Long run',
    source: part('moons', { samples: 100 }),
    split: { train: 0.7, test: 0 },
    layers: [
      ['hidden', 'dense', { units: 6, activation: part('tanh'), kernelRegularizer: part('l2') }],
      ['rest', 'dropout', { rate: 0.1 }],
      ['classes', 'dense', { units: 2, activation: part('softmax') }]
    ],
    optimizer: part('adam'),
    schedule: part('cosine'),
    epochs: stepsOn(engine) / STEPS_PER_EPOCH,
    batchSize: 32
  })
  return { ...document, training: { ...document.training, engine } }
}

/** Growth of the process that is noise: pages that the collector has not given back yet. */
const NOISE_MB = 24

const inUse = () => ({
  tensors: tf.memory().numTensors,
  buffers: tf.memory().numDataBuffers,
  handles: engines.includes('native') ? held().handles : 0
})
const residentMb = (): number => process.memoryUsage().rss / 2 ** 20

test.each([...engines, 'fused' as const])(
  'thousands of steps on %s leave nothing behind, and the memory as it was',
  async (engine) => {
    const epochs = stepsOn(engine) / STEPS_PER_EPOCH
    let early: { readonly mb: number; readonly inUse: ReturnType<typeof inUse> } | undefined
    const { session, run, start } = openSession({
      observe: (epoch) => {
        // Everything is compiled, and snapshots and curves have found their size.
        if (epoch >= epochs / 2) early ??= { mb: residentMb(), inUse: inUse() }
        return epoch % 50 === 0
      }
    })
    await start(project(engine))
    await session.idle()
    expect(run()).toMatchObject({ ending: 'finished', step: stepsOn(engine) })
    expect(inUse()).toEqual(early!.inUse)
    expect(residentMb() - early!.mb).toBeLessThan(NOISE_MB)
    await session.dispose()
  },
  600_000
)

test.runIf(engines.includes('native'))(
  'thousands of states put back leave the process whole',
  async () => {
    const { session } = openSession()
    await session.prepare({ document: project('native'), files: {} })
    const { network } = session.ready!
    const state = network.readState()
    for (let i = 0; i < 3000; i++) network.writeState(state)
    expect(network.readState()).toEqual(state)
    await session.dispose()
  },
  60_000
)
