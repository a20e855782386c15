import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { ExportFiles } from '@core/export/format'
import { loadNative, type NativeTensorflow } from '../../nativeAddon'
import type { Samples } from '../reference'
import type { Reader } from './reader'

/** What TensorFlow answers when it is given the folder and asked by its signature. */
export async function runSavedModel(
  tf: NativeTensorflow,
  files: ExportFiles,
  folder: string,
  shape: readonly number[],
  { x, rows }: Samples
): Promise<Float32Array> {
  const place = mkdtempSync(join(tmpdir(), 'netloom-saved-model-'))
  try {
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(place, name)), { recursive: true })
      writeFileSync(join(place, name), bytes)
    }
    const model = await tf.node.loadSavedModel(join(place, folder))
    const input = tf.tensor(x, [rows, ...shape])
    try {
      const { output } = model.predict({ input }) as { readonly [name: string]: Tensor }
      const values = output!.dataSync<'float32'>()
      output!.dispose()
      return values
    } finally {
      input.dispose()
      model.dispose()
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

/** TensorFlow itself, where this computer has it. */
export const readSavedModel: Reader = async ({ model, files, samples }) => {
  const native = await loadNative()
  if (!native.ok)
    return {
      reader: undefined,
      unchecked: `Only TensorFlow itself reads this format, and it does not run here: ${native.reason}`
    }
  const shape = model.plan.source.shape
  const values = await runSavedModel(native.tf, files, model.name, shape, samples)
  return { reader: 'TensorFlow', answers: { by: 'TensorFlow', values } }
}
