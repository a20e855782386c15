import type { ProjectFiles } from '@core/data/files'
import type { Document } from '@core/document/schema'
import { exampleOf, exportFolder, folderName } from '@core/export/folder'
import type { ExportFiles, ExportFormat } from '@core/export/format'
import { exportModel, type ExportModel } from '@core/export/model'
import { askOf, type RawInput } from '@core/export/page/ask'
import { rawInputs } from '@core/export/page/raw'
import type { ExportPreview, ExportStep } from '@core/export/preview'
import { compareAnswers, type Proof } from '@core/export/proof'
import { printed } from '@core/export/usage'
import { sizeOf } from '@core/graph/signal'
import type { Config } from '@core/registry/fields'
import { fail, ok, unwrap, type Result } from '@core/result'
import type { NamedTensor } from '@core/run/checkpoint'
import type { EpochPoint } from '@core/run/events'
import { readDataset, readTable } from '../data/datasets'
import { initialWeights } from '../initialWeights'
import { derivable } from '../model'
import { version } from '../../package.json'
import { h5Writer } from './h5'
import { Judge } from './judge'
import { operations } from './operations'
import { readers } from './readers'
import { Mismatch, type Browser, type ReadRequest } from './readers/reader'
import { pageRuntime } from './pageRuntime'
import { ownAnswers, samplesFor } from './reference'

/** What is to be exported. */
export interface ExportRequest {
  readonly document: Document
  readonly files: ProjectFiles
  readonly weights: readonly NamedTensor[]
  readonly epoch: number
  /** What was measured after each epoch up to there, as far as it is known. */
  readonly history: readonly EpochPoint[]
  /** The id of the network; the one that is given the data where it is not said. */
  readonly network?: string | undefined
  readonly format: ExportFormat
  readonly config: Config
  /** A browser, where there is one. */
  readonly browser?: Browser | undefined
}

/** An export that has been read back and found right. */
export interface Exported {
  readonly files: ExportFiles
  readonly preview: ExportPreview
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
  if (format.needsBrowser && !request.browser)
    return fail({
      code: 'export-browser',
      message: `${format.title} takes a browser to make, and there is none here.`,
      detail: 'Export it from Netloom’s window. The format report makes the same as HTML.'
    })
  tell('writing')
  const samples = samplesFor(model, dataset.value)
  const { ops, engine } = await operations()
  const own = ownAnswers(ops, model, samples)
  const judge = new Judge(ops, model, dataset.value)
  const made = await exportFolder(format, model, config, {
    ...{ h5: await h5Writer(), samples, dataset: dataset.value, page: pageRuntime },
    score: () => judge.score(),
    answers: () => own,
    start: () => startOf(model),
    partAnswers: (part) => judge.answers(part),
    ...{ history: request.history, project: document, files },
    pdf: (html) => request.browser!.pdf(html),
    facts: {
      ...{ version, engine },
      files: Object.entries(files).map(([name, { sha256 }]) => ({ name, sha256 }))
    }
  }).finally(() => judge.dispose())
  tell('checking')
  const raw = async (): Promise<readonly RawInput[]> =>
    rawInputs(
      askOf(model, dataset.value),
      dataset.value,
      samples.places,
      unwrap(await readTable(document.data, files))
    )
  const read: ReadRequest = { model, config, files: made, samples, raw, browser: request.browser }
  const proof = await prove(format, read, own)
  if (!proof.ok) return proof
  const example = exampleOf(samples, model)
  const usage = format.usage(model, config, example)
  return ok({
    files: made,
    preview: {
      name: folderName(model, format),
      epoch: model.epoch,
      files: Object.entries(made).map(([name, { length: bytes }]) => ({ name, bytes })),
      proof: proof.value,
      usage,
      ...(usage.asksExamples ? { prints: printed(own, model.plan.prediction, example.rows) } : {})
    }
  })
}

async function prove(format: ExportFormat, request: ReadRequest, own: Float32Array): Promise<Result<Proof>> {
  const failed = (detail: string): Result<never> =>
    fail({
      code: 'export-proof',
      message: `This ${format.title} export is not right, so it is not offered.`,
      detail
    })
  try {
    const { answers, ...read } = await readers[format.type]!(request)
    if (!answers) return ok(read)
    const { by, values } = answers
    const samples = values.length / sizeOf(request.model.plan.prediction)
    const { difference, agrees } = compareAnswers(values, samples > 0 ? own.subarray(0, values.length) : own)
    if (agrees) return ok({ ...read, answers: { by, samples, difference } })
    return failed(
      `Read back with ${by}, its answers are up to ${difference.toPrecision(2)} apart from those here.`
    )
  } catch (error) {
    console.error(error)
    return failed(
      error instanceof Mismatch
        ? error.message
        : `Reading it back ended with: ${error instanceof Error ? error.message : String(error)}`
    )
  }
}

function startOf({ plan, document }: ExportModel): ReadonlyMap<string, Float32Array> {
  const start = initialWeights(plan.weights, document.training.seed)
  return new Map(start.map(({ name, values }) => [name, values]))
}
