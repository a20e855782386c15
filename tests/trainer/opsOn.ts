import * as tf from '@tensorflow/tfjs-core'
import type { Ops } from '@core/registry/define'
import { chooseEngine } from '@trainer/engines/choose'
import { plainOps } from '@trainer/engines/ops/largeOps'
import { nativeOps } from '@trainer/engines/ops/nativeOps'

/** The operations that this engine hands to layers, losses and optimizers, with its backend set. */
export async function opsOn(engine: 'native' | 'wasm'): Promise<Ops> {
  await chooseEngine(engine)
  await tf.setBackend(engine === 'native' ? 'tensorflow' : 'wasm')
  return engine === 'native' ? nativeOps() : plainOps
}
