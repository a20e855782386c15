import { env, InferenceSession, Tensor } from 'onnxruntime-web'
import type { Samples } from '../reference'
import type { Reader } from './reader'

// One thread, without workers: the files of an export are small, and its process ends behind it.
env.wasm.numThreads = 1
env.logLevel = 'error'

/** What ONNX Runtime answers to examples of this shape. */
export async function runOnnx(
  file: Uint8Array,
  shape: readonly number[],
  { x, rows }: Samples
): Promise<Float32Array> {
  const session = await InferenceSession.create(file)
  try {
    const { output } = await session.run({ input: new Tensor('float32', x, [rows, ...shape]) })
    return Float32Array.from(output!.data as Float32Array)
  } finally {
    await session.release()
  }
}

/** ONNX Runtime, in WebAssembly. */
export const readOnnx: Reader = async ({ model, files, samples }) => ({
  reader: 'ONNX Runtime',
  answers: {
    by: 'ONNX Runtime',
    values: await runOnnx(files[`${model.name}.onnx`]!, model.plan.source.shape, samples)
  }
})
