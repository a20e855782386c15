import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm'
import { findUp } from '../../findUp'
import type { Samples } from '../reference'
import type { Reader } from './reader'

const WASM = 'ort-wasm-simd-threaded.wasm'

/** The runtime's code is in the bundle, its WebAssembly lies beside app.asar or in node_modules. */
function setUp(): void {
  const file = findUp(join('onnx', WASM), join('node_modules/onnxruntime-web/dist', WASM))
  if (!file) throw new Error(`ONNX Runtime's file ${WASM} is missing: install Netloom again.`)
  env.wasm.wasmBinary ??= readFileSync(file)
  // Without workers: what is asked here is little.
  env.wasm.numThreads = 1
  env.logLevel = 'error'
}

/** What ONNX Runtime answers to examples of this shape. */
export async function runOnnx(
  file: Uint8Array,
  shape: readonly number[],
  { x, rows }: Samples
): Promise<Float32Array> {
  setUp()
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
