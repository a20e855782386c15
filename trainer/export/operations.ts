import * as tf from '@tensorflow/tfjs-core'
import type { Ops } from '@core/registry/define'
import { chooseEngine } from '../engines/choose'
import { plainOps } from '../engines/ops/largeOps'
import { nativeOps } from '../engines/ops/nativeOps'

/** TensorFlow where it is, else WebAssembly. */
export async function operations(): Promise<Ops> {
  const { info } = await chooseEngine('auto')
  await tf.setBackend(info.id === 'native' ? 'tensorflow' : 'wasm')
  return info.id === 'native' ? nativeOps() : plainOps
}
