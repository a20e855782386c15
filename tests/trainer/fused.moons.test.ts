import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FusedNetwork } from '@trainer/engines/fused/network'
import { dense, knobs, SGD, upTo } from './fusedCase'

const oracle = (name: string): string => readFileSync(new URL(`../oracles/${name}`, import.meta.url), 'utf8')

interface Oracle {
  readonly W1: number[][]
  readonly W2: number[][]
  /** [i, loss]: the loss on the 200 points after i + 1 updates. */
  readonly trace: readonly (readonly [number, number])[]
  readonly train_accuracy: number
}

test.each([
  [3, 0.01],
  [20, 1e-4]
])('two moons with %i hidden neurons follow the trace of NumPy', (hidden, allowed) => {
  const { W1, W2, trace, train_accuracy } = JSON.parse(oracle(`moons-tanh${hidden}.json`)) as Oracle
  const table = oracle('moons200.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number))
  const network = new FusedNetwork({
    ...{
      inputs: 2,
      layers: [dense(hidden, 'tanh'), dense(2, 'softmax')],
      loss: { type: 'softmaxCrossEntropy' }
    },
    ...{ reduction: 'sum', optimizer: SGD, rows: 200, batch: 200 }
  })
  network.setData(
    Float32Array.from(table.flatMap(([x, y]) => [x!, y!])),
    Float32Array.from(table.flatMap(([, , label]) => [1 - label!, label!]))
  )
  network.weights(0).kernel.set(W1.flat())
  network.weights(1).kernel.set(W2.flat())
  network.setPenalties([{ kernel: { l1: 0, l2: 0.005 } }, { kernel: { l1: 0, l2: 0.005 } }])
  const rows = upTo(200)
  const loss = (): number => {
    const squares = [0, 1].flatMap((i) => [...network.weights(i).kernel]).reduce((sum, w) => sum + w * w, 0)
    return (network.evaluate(rows).loss + 0.005 * squares) / 200
  }
  let done = 0
  const off = trace.map(([i, expected]) => {
    network.train({ rows, knobs: knobs(i + 1 - done, 0.01) })
    done = i + 1
    return Math.abs(loss() - expected)
  })
  network.train({ rows, knobs: knobs(20_000 - done, 0.01) })
  expect(off[0]).toBeLessThan(1e-5)
  expect(Math.max(...off)).toBeLessThan(allowed)
  expect(Math.abs(network.evaluate(rows).hits / 200 - train_accuracy)).toBeLessThanOrEqual(0.01)
})
