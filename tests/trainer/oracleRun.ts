import { lessonOf } from '@core/lessons'
import { fullPart } from '@core/registry/complete'
import { part } from '@core/registry/define'
import { unwrap } from '@core/result'
import { importBytes } from '@trainer/data/importTable'
import { readWeights } from '@trainer/cli/weightsFile'
import { expect } from 'vitest'
import { openSession, oracle, withSettings } from './support'

interface Oracle {
  W1: number[][]
  W2: number[][]
  /** [i, loss]: the loss on the 200 points after i + 1 updates. */
  trace: [number, number][]
  train_accuracy: number
}

/** WebAssembly takes a millisecond a step: npm run test:full gives it the time for the whole trace. */
const epochsOn = (engine: 'native' | 'wasm'): number =>
  engine === 'wasm' && process.env['NETLOOM_FULL'] !== '1' ? 5_000 : 20_000

/**
 * The run of tests/oracles/moons-tanh<hidden>.json: how far each point of its trace is off, and the accuracy at its end;
 * undefined for a run that does not go there.
 */
export async function runOracle(engine: 'native' | 'wasm', hidden: 3 | 20) {
  const { W1, W2, trace, train_accuracy: wanted } = JSON.parse(oracle(`moons-tanh${hidden}.json`)) as Oracle
  const lesson = lessonOf('moons-tanh3')!.document
  const document = withSettings(
    {
      ...lesson,
      data: {
        ...lesson.data,
        source: fullPart('source', part('table', { file: 'moons200.csv', scaling: 'none' }))
      }
    },
    { 'training.engine': engine, 'nodes.hidden.units': hidden, 'training.epochs': epochsOn(engine) }
  )
  const bytes = new TextEncoder().encode(oracle('moons200.csv'))
  const files = { 'moons200.csv': unwrap(await importBytes(bytes, 'moons200.csv')) }
  const { session, run } = openSession({ observe: (epoch) => (epoch - 1) % 1000 === 0 })
  expect(await session.prepare({ document, files })).toMatchObject({ ok: true })
  const model = session.ready!
  const start = {
    hidden: { kernel: W1, bias: Array.from({ length: hidden }, () => 0) },
    output: { kernel: W2, bias: [0, 0] }
  }
  model.network.writeState(readWeights(JSON.stringify(start), 'oracle', model.plan.weights))
  await session.start({ document, files, from: 'current', until: 'end' })
  await session.idle()
  const { history, epoch, stepsPerSecond } = run()
  const accuracy = model.network.evaluate('train').accuracy!
  await session.dispose()
  expect(epoch).toBe(epochsOn(engine))
  const off = trace
    .filter(([i]) => i < epoch)
    .map(([i, loss]) => Math.abs((history.find((p) => p.epoch === i + 1)?.trainLoss ?? NaN) - loss))
  console.log(
    `${engine}, ${hidden} hidden: first off by ${off[0]!.toExponential(1)}, worst by ` +
      `${Math.max(...off).toExponential(1)}; ${(1000 / stepsPerSecond).toFixed(2)} ms a step`
  )
  const accuracyOff = epoch === 20_000 ? Math.abs(accuracy - wanted) : undefined
  return { first: off[0]!, worst: Math.max(...off), accuracyOff }
}
