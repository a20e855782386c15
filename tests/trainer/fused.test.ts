import { describe, expect, test } from 'vitest'
import type { FusedActivation, FusedLoss } from '@trainer/engines/fused/spec'
import { expectGolden } from '../core/helpers/golden'
import { dense, given, knobs, upTo, type FusedCase } from './fusedCase'
import { referenceBatch } from './fusedReference'

const hiddenActivations: readonly FusedActivation[] = [
  ...(['linear', 'relu', 'leakyRelu', 'elu', 'tanh'] as const),
  ...(['sigmoid', 'softmax', 'softplus', 'gaussian', 'step'] as const)
]
const losses: readonly FusedLoss[] = [
  { type: 'softmaxCrossEntropy' },
  { type: 'sigmoidCrossEntropy' },
  { type: 'meanSquaredError' },
  { type: 'meanAbsoluteError' },
  { type: 'sumOfSquares' },
  { type: 'halfSquaredError' },
  { type: 'huber', delta: 0.7 },
  { type: 'hinge' },
  { type: 'perceptron' }
]

/** One step of plain gradient descent with rate 1 takes the gradient off: held against plain loops. */
function expectGradients({ spec, network, weights, x, targets }: FusedCase, rows: Int32Array): void {
  const pick = (list: readonly number[][]) => [...rows].map((row) => list[row]!)
  const expected = referenceBatch(spec, weights, pick(x), pick(targets))
  const before = spec.layers.map((_, i) => network.weights(i).kernel.slice())
  const biasBefore = spec.layers.map((_, i) => network.weights(i).bias.slice())
  const found = network.train({ rows, sizes: Int32Array.of(rows.length), knobs: knobs(1, 1) })
  expectGolden(found.losses, [expected.loss])
  expect(found.hits[0]).toBe(expected.hits)
  expected.gradients.forEach(({ kernel, bias }, i) => {
    const now = network.weights(i)
    if (!spec.layers[i]!.trainable) {
      expect([...now.kernel]).toEqual([...before[i]!])
      expect([...now.bias]).toEqual([...biasBefore[i]!])
      return
    }
    // What is taken off a weight is told to the weight's own precision.
    const taken = before[i]!.map((w, k) => w - now.kernel[k]!)
    const takenBias = biasBefore[i]!.map((w, k) => w - now.bias[k]!)
    expectClose(taken, kernel.flat(), before[i]!)
    expectClose(takenBias, bias, biasBefore[i]!)
  })
}

/** max|a − b| ≤ 1e-5 · max|b| + 1e-7 + what float32 loses in the subtraction from weights of this size. */
function expectClose(found: Float32Array, expected: readonly number[], weights: Float32Array): void {
  const largest = (list: Iterable<number>): number => Math.max(0, ...Array.from(list, Math.abs))
  const allowed = 1e-5 * largest(expected) + 1e-7 + 2 ** -23 * (largest(weights) + largest(expected))
  const worst = largest(Array.from(expected, (e, i) => found[i]! - e))
  expect(worst).toBeLessThanOrEqual(allowed)
}

describe('gradients are those of plain float64 loops', () => {
  const combinations = hiddenActivations.flatMap((activation) => losses.map((loss) => ({ activation, loss })))
  test.each(combinations)('$activation below $loss.type', ({ activation, loss }) => {
    const last = {
      softmaxCrossEntropy: 'softmax',
      sigmoidCrossEntropy: 'sigmoid',
      perceptron: 'step'
    } as const
    const top = last[loss.type as keyof typeof last] ?? 'tanh'
    expectGradients(given({ layers: [dense(5, activation), dense(3, top)], loss }), upTo(23))
    // Softmax of a single neuron is always 1.
    if (top !== 'softmax')
      expectGradients(given({ layers: [dense(5, activation), dense(1, top)], loss }, 2), upTo(23))
  })

  test.each(hiddenActivations.filter((a) => a !== 'step'))('%s as the last activation', (activation) => {
    expectGradients(given({ layers: [dense(4, 'tanh'), dense(3, activation)] }), upTo(23))
  })

  test.each([
    ['softmaxCrossEntropy', 'linear'],
    ['sigmoidCrossEntropy', 'linear'],
    ['perceptron', 'linear'],
    ['perceptron', 'sigmoid'],
    ['perceptron', 'tanh']
  ] as const)('%s from %s', (type, activation) => {
    expectGradients(given({ layers: [dense(4, 'tanh'), dense(3, activation)], loss: { type } }), upTo(23))
  })

  test.each([1, 2, 3, 4, 5, 7, 8, 9, 10, 16, 17, 63, 64, 65, 200])('a batch of %i', (size) => {
    const network = given({
      layers: [dense(3, 'tanh'), dense(2, 'softmax')],
      loss: { type: 'softmaxCrossEntropy' },
      reduction: size % 2 === 0 ? 'mean' : 'sum',
      ...{ rows: 200, batch: size }
    })
    // Not the first rows, and not in order.
    const rows = upTo(size).map((i) => (i * 37 + 11) % 200)
    expectGradients(network, rows)
  })

  test('a batch that is gathered in several parts', () => {
    const layers = [dense(3, 'tanh'), dense(1, 'sigmoid')]
    expectGradients(given({ layers, rows: 9001, batch: 9001, inputs: 2 }), upTo(9001))
  })

  test.each([
    ['one neuron', 1, [dense(1, 'linear')]],
    ['no bias', 3, [dense(5, 'tanh', { bias: false }), dense(2, 'tanh', { bias: false })]],
    ['deep', 2, [dense(4, 'tanh'), dense(7, 'relu'), dense(3, 'sigmoid'), dense(2, 'linear')]],
    ['wide', 30, [dense(70, 'tanh'), dense(41, 'softplus'), dense(19, 'softmax')]],
    ['narrow in the middle', 17, [dense(33, 'relu'), dense(1, 'tanh'), dense(18, 'softmax')]],
    ['first layer frozen', 3, [dense(5, 'tanh', { trainable: false }), dense(3, 'tanh'), dense(2, 'tanh')]],
    ['middle layer frozen', 3, [dense(5, 'tanh'), dense(3, 'tanh', { trainable: false }), dense(2, 'tanh')]],
    ['last layer frozen', 3, [dense(5, 'tanh'), dense(2, 'tanh', { trainable: false })]],
    ['all frozen', 3, [dense(2, 'tanh', { trainable: false })]]
  ] as const)('%s', (_, inputs, layers) => {
    expectGradients(given({ inputs, layers }), upTo(23))
  })
})
