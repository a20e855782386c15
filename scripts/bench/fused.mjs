// node scripts/bench/fused.mjs [--rounds N]: microseconds that the code for small networks takes, without the rest of
// the app. Each line is one network; medians and fastest of some rounds. See scripts/bench.mjs for the whole picture.
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { folders } from '../build/bundles.mjs'
import { at } from '../setup/places.mjs'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } })
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`--rounds is ${values.rounds}, and needs to be a whole number from 1.`)
  process.exit(2)
}
/** Milliseconds of one round at least, so that the clock does not matter. */
const ROUND_MS = 5
/** Before the first round: until the engine's faster code is there. */
const WARM_MS = 300

const dense = (units, activation) => ({ units, activation, bias: true, trainable: true })
const descent = { type: 'sgd', momentum: 0, nesterov: false }
const adam = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }
const moons = (hidden) => ({
  ...{ inputs: 2, rows: 200, batch: 200, optimizer: descent, reduction: 'sum' },
  ...{ layers: [dense(hidden, 'tanh'), dense(2, 'softmax')], loss: { type: 'softmaxCrossEntropy' } }
})
const playground = (...hidden) => ({
  ...{ inputs: 2, rows: 250, batch: 10, optimizer: descent, reduction: 'mean' },
  ...{ layers: [...hidden, 1].map((units) => dense(units, 'tanh')), loss: { type: 'halfSquaredError' } }
})
const digits = {
  ...{ inputs: 784, rows: 1000, batch: 32, optimizer: adam, reduction: 'mean', rate: 0.001 },
  ...{ layers: [dense(128, 'relu'), dense(10, 'softmax')], loss: { type: 'softmaxCrossEntropy' } }
}

/** Two numbers are added, digit by digit. */
const addition = {
  ...{ inputs: 2, steps: 8, rows: 1000, batch: 1, optimizer: descent, reduction: 'sum', rate: 0.1 },
  layers: [
    { ...dense(16, 'sigmoid'), bias: false, recurrent: { sequences: true, backwards: false } },
    { ...dense(1, 'sigmoid'), bias: false }
  ],
  loss: { type: 'sumOfSquares' }
}
const sequences = (units) => ({
  ...{ inputs: 28, steps: 28, rows: 500, batch: 32, optimizer: adam, reduction: 'mean', rate: 0.001 },
  layers: [
    { ...dense(units, 'tanh'), recurrent: { sequences: false, backwards: false } },
    dense(10, 'softmax')
  ],
  loss: { type: 'softmaxCrossEntropy' }
})

/** A network with data and weights, always the same. */
function network(FusedNetwork, spec) {
  let state = 1
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 31 - 1
  const made = new FusedNetwork(spec)
  const each = spec.layers.every(({ recurrent }) => recurrent?.sequences !== false) ? (spec.steps ?? 1) : 1
  const outputs = spec.layers.at(-1).units * each
  const inputs = spec.inputs * (spec.steps ?? 1)
  const x = Float32Array.from({ length: spec.rows * inputs }, random)
  const targets = new Float32Array(spec.rows * outputs)
  for (let row = 0; row < spec.rows; row++) {
    const second = x[row * inputs] * x[row * inputs + 1] > 0
    if (outputs === 1) targets[row] = second ? 1 : -1
    else targets[row * outputs + Number(second)] = 1
  }
  made.setData(x, targets)
  for (const layer of spec.layers.keys()) {
    const { kernel, recurrent_kernel } = made.weights(layer)
    for (const weights of [kernel, recurrent_kernel])
      for (const i of weights.keys())
        weights[i] = (random() * 2) / Math.sqrt(weights.length / spec.layers[layer].units)
  }
  return made
}

const sameKnobs = (steps, rate) => Float32Array.from({ length: 2 * steps }, (_, i) => (i % 2 ? 0 : rate))

/** Steps on all rows at once. */
function fullBatch(made, steps) {
  const rows = Int32Array.from({ length: made.spec.rows }, (_, i) => i)
  const knobs = sameKnobs(steps, 1e-4)
  return () => made.train({ rows, knobs })
}

/** Epochs of batches in an order that stays. */
function batches(made, epochs) {
  const { rows: count, batch, rate = 0.03 } = made.spec
  const rows = Int32Array.from({ length: count * epochs }, (_, i) => (i * 37) % count)
  const sizes = new Int32Array(Math.floor(count / batch) * epochs).fill(batch)
  return () => made.train({ rows, sizes, knobs: sameKnobs(sizes.length, rate) })
}

/** Every neuron's picture on a grid of 100 × 100. */
function pictures(made) {
  const points = Float32Array.from({ length: 20_000 }, (_, i) => {
    const point = i >> 1
    return (i % 2 ? Math.floor(point / 100) : point % 100) / 8.25 - 6
  })
  return () => made.maps(points)
}

const lines = [
  ['moons 2-3-2, a step of 200 rows, many a call', moons(3), (n) => fullBatch(n, 500), 500],
  ['moons 2-3-2, a step of 200 rows, one a call', moons(3), (n) => fullBatch(n, 1), 1],
  ['moons 2-50-2, a step of 200 rows, many a call', moons(50), (n) => fullBatch(n, 100), 100],
  ['moons 2-50-2, a step of 200 rows, one a call', moons(50), (n) => fullBatch(n, 1), 1],
  ['playground 2-4-2-1, an epoch of 25 steps, many a call', playground(4, 2), (n) => batches(n, 40), 40],
  ['playground 2-4-2-1, an epoch of 25 steps, one a call', playground(4, 2), (n) => batches(n, 1), 1],
  ['playground 2-8-8-8-8-1, an epoch of 25 steps', playground(8, 8, 8, 8), (n) => batches(n, 20), 20],
  ['playground 2-4-2-1, all pictures 100 × 100', playground(4, 2), pictures, 1],
  ['playground 2-8-8-8-8-1, all pictures 100 × 100', playground(8, 8, 8, 8), pictures, 1],
  ['digits 784-128-10, a step of 32 rows', digits, (n) => batches(n, 1), 31],
  ['addition 2-16-1 on 8 steps, a step of 1 row', addition, (n) => batches(n, 1), 1000],
  ['sequences 28-16-10 on 28 steps, a step of 32 rows', sequences(16), (n) => batches(n, 1), 15],
  ['sequences 28-64-10 on 28 steps, a step of 32 rows', sequences(64), (n) => batches(n, 1), 15]
]

/** Microseconds of one unit of work. */
function timed(work, units) {
  const started = performance.now()
  let done = 0
  do {
    work()
    done += units
  } while (performance.now() - started < ROUND_MS)
  return ((performance.now() - started) / done) * 1000
}

/** The code of the engine, bundled in memory. */
async function loadNetwork() {
  const { output } = await build({
    ...{ configFile: false, logLevel: 'warn', root: at(), resolve: { alias: folders } },
    build: { ssr: at('trainer/engines/fused/network.ts'), write: false, minify: false }
  })
  const code = output.find(({ isEntry }) => isEntry).code
  return import(`data:text/javascript,${encodeURIComponent(code)}`)
}

const { FusedNetwork } = await loadNetwork()
console.log(`| ${rounds} rounds; microseconds | median | fastest | ready |\n| --- | --- | --- | --- |`)
for (const [name, spec, prepare, units] of lines) {
  const started = performance.now()
  const work = prepare(network(FusedNetwork, spec))
  work()
  const ready = performance.now() - started
  for (const end = performance.now() + WARM_MS; performance.now() < end;) work()
  const found = Array.from({ length: rounds }, () => timed(work, units)).sort((a, b) => a - b)
  const shown = [found[found.length >> 1], found[0]].map((us) => (us < 10 ? us.toFixed(2) : us.toFixed(1)))
  console.log(`| ${name} | ${shown.join(' | ')} | ${ready.toFixed(0)} ms |`)
}
