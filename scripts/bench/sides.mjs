// Who takes part: Netloom's engines, Keras, and the classic browser playground. Each is a process of its own for
// each setting of threads, which TensorFlow takes up once.
import os from 'node:os'
import { fileURLToPath } from 'node:url'
import { preparePythonOrExit, pythonEnvironment } from '../python.mjs'
import { run } from '../setup/run.mjs'
import { at } from '../setup/places.mjs'
import { startPeer } from './peer.mjs'

const script = (name) => fileURLToPath(new URL(name, import.meta.url))
const cores = os.availableParallelism()

/** The settings worth trying: one thread, which suits small networks, and all of them. */
export const threadSettings = cores > 1 ? [1, cores] : [1]

async function ours() {
  // Build tools print where they like: a process of its own.
  await run(process.execPath, [script('bundle.mjs')])
  return {
    name: 'Netloom',
    // The fused engine has one thread whatever TensorFlow may use.
    ways: ({ group }, threads) => (group === 'growth' || threads > 1 ? ['native'] : ['native', 'fused']),
    threads: threadSettings,
    start: (threads) =>
      startPeer(`Netloom on ${threads}`, process.execPath, [at('out/bench/code/bench.cjs')], {
        TF_CPP_MIN_LOG_LEVEL: '2',
        TF_NUM_INTRAOP_THREADS: String(threads),
        TF_NUM_INTEROP_THREADS: String(threads)
      })
  }
}

async function keras() {
  const python = await preparePythonOrExit()
  return {
    name: 'Keras',
    ways: ({ ways }) => ways,
    threads: threadSettings,
    start: (threads) =>
      startPeer(`Keras on ${threads}`, python, [script('keras_peer.py')], {
        ...pythonEnvironment,
        BENCH_THREADS: String(threads)
      })
  }
}

const playground = (folder) => () => ({
  name: 'classic playground',
  ways: ({ ways }) => ways,
  threads: [1],
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
