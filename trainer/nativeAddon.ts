/**
 * Where TensorFlow's native files are, and the one guarded way to load them.
 *
 * tfjs-node cannot be imported at the top of a file: it throws while it loads when its addon is missing or broken,
 * and takes the whole process with it. `loadNative` imports it lazily and answers with a reason instead, so that
 * the WebAssembly engine runs in its place. Both engines share one tfjs-core: `import * as tf from
 * '@tensorflow/tfjs-core'` sees the kernels of whichever backend was loaded. Gradients and chained ops
 * (`x.add(y)`) are registered by `import '@tensorflow/tfjs'`, which the WebAssembly engine needs to say itself; the
 * packages' own `dist/register_all_…` files would bring a second tfjs-core into the bundle.
 *
 * In a bundle this file also stands in for `@mapbox/node-pre-gyp` (scripts/build/bundles.mjs).
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import util from 'node:util'
import { findUp } from './findUp'

const addon = 'lib/napi-v8/tfjs_binding.node'
const checkout = 'node_modules/@tensorflow'

/** The whole of tfjs-node, as `loadNative` hands it over. */
export type NativeTensorflow = typeof import('@tensorflow/tfjs-node')

/** Native TensorFlow, or why there is none and what the user can do about it, both as plain sentences. */
export type NativeResult =
  | { readonly ok: true; readonly tf: NativeTensorflow }
  | { readonly ok: false; readonly reason: string; readonly remedy: string }

/** Path of tfjs-node's addon, found or not: tfjs-node itself says what is wrong with a path that does not exist. */
export function find(): string {
  return findUp(join('native', addon), join(checkout, 'tfjs-node', addon)) ?? join('native', addon)
}

/** The folder with tfjs-backend-wasm's .wasm files, ending in a slash as `setWasmPaths` wants it. */
export function wasmFolder(): string {
  const marker = 'tfjs-backend-wasm.wasm'
  const file = findUp(join('wasm', marker), join(checkout, 'tfjs-backend-wasm/dist', marker))
  if (!file) throw new Error(`The WebAssembly engine's file ${marker} is missing: install Netloom again.`)
  return `${dirname(file)}/`
}

/** What scripts/setup.mjs found out about this machine; nothing in the packaged app. */
function setupRecord(): { reason?: string; remedy?: string } {
  const file = findUp('node_modules/.netloom-setup.json')
  if (!file) return {}
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as { engine?: { reason?: string; remedy?: string } }
    return record.engine ?? {}
  } catch {
    return {} // unreadable: the caller's own words serve
  }
}

const packagedRemedy =
  'Install Netloom again; if that does not help, this computer cannot run native TensorFlow.'
const checkoutRemedy = 'Run: npm run setup -- --retry'

function missing(reason: string): NativeResult {
  const record = setupRecord()
  const inCheckout = findUp(join(checkout, 'tfjs-node', 'package.json')) !== undefined
  return {
    ok: false,
    reason: record.reason ?? reason,
    remedy: record.remedy ?? (inCheckout ? checkoutRemedy : packagedRemedy)
  }
}

/** tfjs-node 4.22 calls two helpers that Node 23 removed. */
function restoreUtil() {
  const target = util as unknown as Record<string, unknown>
  target['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
  target['isArray'] ??= Array.isArray
}

let loading: Promise<NativeResult> | undefined

async function load(): Promise<NativeResult> {
  if (process.env['NETLOOM_ENGINE'] === 'wasm')
    return {
      ok: false,
      reason: 'The WebAssembly engine was asked for (NETLOOM_ENGINE=wasm).',
      remedy: 'Start Netloom without NETLOOM_ENGINE=wasm.'
    }
  if (!existsSync(find())) return missing("TensorFlow's native library is not installed.")
  try {
    restoreUtil()
    const module = (await import('@tensorflow/tfjs-node')) as NativeTensorflow & {
      default?: NativeTensorflow
    }
    const tf = module.default ?? module
    await tf.ready()
    // tfjs falls back to its slow `cpu` backend without an error when the addon cannot start.
    if (tf.getBackend() !== 'tensorflow') return missing(`TensorFlow did not start (${tf.getBackend()} did).`)
    return { ok: true, tf }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    return missing(`TensorFlow's native library could not be loaded: ${words.split('\n')[0] ?? ''}`)
  }
}

/** Loads native TensorFlow once a process and never throws; `NETLOOM_ENGINE=wasm` pretends there is none. */
export function loadNative(): Promise<NativeResult> {
  loading ??= load()
  return loading
}
