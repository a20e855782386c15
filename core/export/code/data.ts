import type { ExportFiles, ExportTools } from '../format'
import type { ExportModel } from '../model'
import { npzFile } from '../npy'
import { DATA, SAMPLES } from './files'

/**
 * What a program in Python reads: examples with the answers that the app's network gave, and all of the data with the
 * row numbers of its parts.
 */
export function dataFiles(
  { plan }: Pick<ExportModel, 'plan'>,
  tools: Pick<ExportTools, 'samples' | 'answers' | 'start' | 'dataset'>
): ExportFiles {
  const { x, rows } = tools.samples
  const shape = plan.source.shape
  const samples = npzFile({
    x: { shape: [rows, ...shape], values: x },
    answers: { shape: [rows, ...plan.prediction], values: tools.answers() }
  })
  if (!tools.start()) return { [SAMPLES]: samples }
  const data = tools.dataset
  const parts = Object.entries(data.parts).map(
    ([part, values]) => [part, { shape: [values.length], values }] as const
  )
  return {
    [SAMPLES]: samples,
    [DATA]: npzFile(
      {
        x: { shape: [data.rows, ...shape], values: data.x },
        ...(data.y ? { y: { shape: [data.rows, ...plan.target.shape], values: data.y } } : {}),
        ...Object.fromEntries(parts)
      },
      6
    )
  }
}
