import * as tf from '@tensorflow/tfjs-core'
// The gradients and the chained operations that `@tensorflow/tfjs` would register.
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops'
import '@tensorflow/tfjs-backend-cpu'
import type { EagerBackend } from '@trainer/engines/eager/network'
import { plainOps } from '@trainer/engines/ops/largeOps'

/** TensorFlow.js in plain JavaScript: it needs neither a graphics card nor WebAssembly, which a strict policy forbids. */
export async function startTensorflow(): Promise<EagerBackend> {
  await tf.setBackend('cpu')
  return {
    name: 'cpu',
    ops: plainOps,
    info: { id: 'wasm', title: 'JavaScript', reason: 'It runs in a page.', threads: 1 }
  }
}
