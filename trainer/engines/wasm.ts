import * as tf from '@tensorflow/tfjs-core'
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
  return eagerEngine({ info, name, ops: plainOps })
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
