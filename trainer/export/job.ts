import * as tf from '@tensorflow/tfjs-core'
import type { ProjectFiles } from '@core/data/files'
import type { Document } from '@core/document/schema'
import { exportFolder, folderName } from '@core/export/folder'
import type { ExportFiles, ExportFormat } from '@core/export/format'
import { exportModel, type ExportModel } from '@core/export/model'
import { compareAnswers, type Proof } from '@core/export/proof'
import type { Config } from '@core/registry/fields'
import type { Ops } from '@core/registry/define'
import { fail, ok, type Result } from '@core/result'
import type { NamedTensor } from '@core/run/checkpoint'
import { readDataset } from '../data/datasets'
import { chooseEngine } from '../engines/choose'
import { plainOps } from '../engines/ops/largeOps'
import { nativeOps } from '../engines/ops/nativeOps'
import { derivable } from '../model'
import { h5Writer } from './h5'
import { readers } from './readers'
import { Mismatch } from './readers/reader'
import { ownAnswers, samplesFor } from './reference'

/** What is to be exported. */
export interface ExportRequest {
  readonly document: Document
  readonly files: ProjectFiles
  readonly weights: readonly NamedTensor[]
  readonly epoch: number
  /** The id of the network; the one that is given the data where it is not said. */
  readonly network?: string | undefined
  readonly format: ExportFormat
  readonly config: Config
}

/** What is done, in order. */
export type ExportStep = 'data' | 'writing' | 'checking'

/** An export that has been read back and found right. */
export interface Exported {
  /** A name for its folder. */
  readonly name: string
  readonly files: ExportFiles
  readonly proof: Proof
}

/** Makes the files of an export and proves them. Nothing touches the disk. */
export async function makeExport(
  request: ExportRequest,
  tell: (step: ExportStep) => void
): Promise<Result<Exported>> {
  const { document, files, format, config } = request
  tell('data')
  const derivation = derivable(document, files)
  if (!derivation.ok) return derivation
  const dataset = await readDataset(document.data, files)
  if (!dataset.ok) return dataset
  const { scale, prepared } = dataset.value
  const model = exportModel({ ...request, scale, preparation: prepared?.preparation })
  const refused = format.refuses(model, config)
  if (refused.length > 0) return fail(...refused)
  tell('writing')
  const samples = samplesFor(model, dataset.value)
  const made = await exportFolder(format, model, config, { h5: await h5Writer(), samples })
  tell('checking')
  const proof = await prove(request, model, made, samples)
  return proof.ok ? ok({ name: folderName(model, format), files: made, proof: proof.value }) : proof
}

async function prove(
  { format, config }: ExportRequest,
  model: ExportModel,
  files: ExportFiles,
  samples: ReturnType<typeof samplesFor>
): Promise<Result<Proof>> {
  const failed = (detail: string): Result<never> =>
    fail({
      code: 'export-proof',
      message: `The ${format.title} export was not written: it did not give the same answers when it was read back.`,
      detail
    })
  try {
    const { answers, ...read } = await readers[format.type]!({ model, config, files, samples })
    if (!answers) return ok(read)
    const own = ownAnswers(await operations(), model, samples)
    const { difference, agrees } = compareAnswers(answers.values, own)
    if (agrees) return ok({ ...read, answers: { by: answers.by, samples: samples.rows, difference } })
    return failed(`Its answers are up to ${difference.toPrecision(2)} apart from those of Netloom.`)
  } catch (error) {
    console.error(error)
    return failed(
      error instanceof Mismatch
        ? error.message
        : `Reading it ended with: ${error instanceof Error ? error.message : String(error)}`
    )
  }
}

/** TensorFlow where it is, else WebAssembly. */
async function operations(): Promise<Ops> {
  const { info } = await chooseEngine('auto')
  await tf.setBackend(info.id === 'native' ? 'tensorflow' : 'wasm')
  return info.id === 'native' ? nativeOps() : plainOps
}
