import * as tf from '@tensorflow/tfjs-core'
import type { Document } from '@core/document/schema'
import { layers } from '@core/registry'
import type { Problem } from '@core/result'
import type { EngineInfo } from '@core/run/events'
import { wasmFolder } from '../nativeAddon'
import { eagerEngine } from './eager/engine'
import type { Engine } from './engine'
import { plainOps } from './ops/largeOps'

/** Why the native engine is not used. */
export interface Fallback {
  readonly reason: string
  readonly remedy?: string
}

/** TensorFlow.js on WebAssembly; on plain JavaScript where not even that starts, which its `info` says. */
export async function openWasm({ reason, remedy }: Fallback): Promise<Engine> {
  // Registers gradients and chained operations in the one tfjs-core.
  await import('@tensorflow/tfjs')
  const failure = await startWasm()
  const info: EngineInfo = {
    id: 'wasm',
    title: failure === undefined ? 'WebAssembly' : 'JavaScript',
    reason: failure === undefined ? reason : `${reason} WebAssembly did not start either: ${failure}`,
    ...(remedy === undefined ? {} : { remedy }),
    threads: 1
  }
  const name = failure === undefined ? 'wasm' : 'cpu'
  await tf.setBackend(name)
  const engine = eagerEngine({ info, name, ops: plainOps })
  // Plain JavaScript has every kernel, and takes its time.
  if (failure !== undefined) return engine
  return { ...engine, supports: (document) => unsupported(document, remedy) }
}

/**
 * Layers whose slopes need a kernel that TensorFlow.js' WebAssembly lacks, or has with other numbers (pools whose
 * windows lie over an edge or overlap).
 */
export const WITHOUT_WASM = /^(conv|embedding|maxPooling|averagePooling)/

function unsupported(document: Document, remedy: string | undefined): Problem | undefined {
  const found = document.networks
    .flatMap(({ nodes }) => Object.entries(nodes))
    .find(([, { type }]) => WITHOUT_WASM.test(type))
  return (
    found && {
      code: 'engine',
      nodeId: found[0],
      message: `WebAssembly cannot train ${layers[found[1].type]!.title}. Native TensorFlow can.`,
      ...(remedy === undefined ? {} : { detail: remedy })
    }
  )
}

/** Why WebAssembly did not start; undefined where it did. */
async function startWasm(): Promise<string | undefined> {
  try {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
    setWasmPaths(wasmFolder())
    // Its threads are web workers, which small networks only wait for.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
    return (await tf.setBackend('wasm')) ? undefined : 'it gives no reason.'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
