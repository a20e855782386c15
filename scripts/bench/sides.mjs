// Who takes part: Netloom's engines, Keras, and the classic browser playground. Each is a process of its own for
// each setting of TensorFlow, which it takes up once.
import os from 'node:os'
import { fileURLToPath } from 'node:url'
import { preparePythonOrExit, pythonEnvironment } from '../python.mjs'
import { run } from '../setup/run.mjs'
import { at } from '../setup/places.mjs'
import { startPeer } from './peer.mjs'

const script = (name) => fileURLToPath(new URL(name, import.meta.url))
const cores = os.availableParallelism()

/** One thread, which suits small networks, and all of them. */
const threadCounts = cores > 1 ? [1, cores] : [1]
const settingsWith = (oneDnn) => threadCounts.map((threads) => ({ threads, oneDnn }))
const environment = ({ threads, oneDnn }) => ({
  TF_CPP_MIN_LOG_LEVEL: '2',
  TF_NUM_INTRAOP_THREADS: String(threads),
  TF_NUM_INTEROP_THREADS: String(threads),
  TF_ENABLE_ONEDNN_OPTS: oneDnn ? '1' : '0'
})
/** As the app has it: `tensorflowFor` in core/run/tensorflow.ts. */
const convolves = ({ layers }) => layers.some(({ type }) => type.startsWith('conv'))

async function ours() {
  // Build tools print where they like: a process of its own.
  await run(process.execPath, [script('bundle.mjs')])
  return {
    name: 'Netloom',
    // The fused engine has one thread whatever TensorFlow may use.
    ways: ({ group }, { threads }) => (group === 'growth' || threads > 1 ? ['native'] : ['native', 'fused']),
    settings: (workload) => settingsWith(convolves(workload)),
    start: (settings) =>
      startPeer('Netloom', process.execPath, [at('out/bench/code/bench.cjs')], environment(settings))
  }
}

async function keras() {
  const python = await preparePythonOrExit()
  return {
    name: 'Keras',
    ways: ({ ways }) => ways,
    settings: () => [...settingsWith(false), ...settingsWith(true)],
    start: (settings) =>
      startPeer('Keras', python, [script('keras_peer.py')], {
        ...pythonEnvironment,
        ...environment(settings),
        BENCH_THREADS: String(settings.threads)
      })
  }
}

const playground = (folder) => () => ({
  name: 'classic playground',
  ways: ({ ways }) => ways,
  settings: () => [{ threads: 1, oneDnn: false }],
  start: () => startPeer('the playground', process.execPath, [script('playground_peer.mjs'), folder])
})

/** Sides by name, each got ready when it is first asked for. */
export function openSides({ playgroundFolder, only }) {
  const known = {
    ...{ ours, keras },
    ...(playgroundFolder === undefined ? {} : { playground: playground(playgroundFolder) })
  }
  const ready = new Map()
  return async (name) => {
    if (!known[name] || (only && !only.includes(name))) return undefined
    if (!ready.has(name)) ready.set(name, await known[name]())
    return ready.get(name)
  }
}
