import type { ExportTools } from '@core/export/format'
import { h5Writer } from '@trainer/export/h5'
import type { ReadRequest } from '@trainer/export/readers/reader'
import type { Samples } from '@trainer/export/reference'

const nothing = (what: string) => (): never => {
  throw new Error(`A file of a model needs no ${what}.`)
}

/** What formats of models get: no data, no page. */
export async function toolsFor(samples: Samples, answers: Float32Array): Promise<ExportTools> {
  return {
    ...{ h5: await h5Writer(), samples, score: nothing('score'), page: nothing('page') },
    answers: () => answers,
    start: () => undefined,
    ...{ partAnswers: nothing('answers'), history: [], files: {}, pdf: nothing('paper') },
    ...{ facts: { version: '', engine: '', files: [] } },
    get dataset() {
      return nothing('data')()
    },
    get project() {
      return nothing('project')()
    }
  }
}

/** What readers of models get: no browser. */
export function readRequest(
  request: Pick<ReadRequest, 'model' | 'config' | 'files' | 'samples'>
): ReadRequest {
  return { ...request, raw: nothing('input'), browser: undefined }
}
