import * as tf from '@tensorflow/tfjs-core'
import type { Ops } from '@core/registry/define'
import { chooseEngine } from '../engines/choose'
import { plainOps } from '../engines/ops/largeOps'
import { nativeOps } from '../engines/ops/nativeOps'

/** TensorFlow where it is, else WebAssembly, and its name. */
export async function operations(): Promise<{ readonly ops: Ops; readonly engine: string }> {
  const { info } = await chooseEngine('auto')
  await tf.setBackend(info.id === 'native' ? 'tensorflow' : 'wasm')
  return { ops: info.id === 'native' ? nativeOps() : plainOps, engine: info.title }
}
