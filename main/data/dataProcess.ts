import { dataNewsSchema, dataQuestions, type DataQuestions, type FetchProgress } from '@core/ipc/dataProcess'
import type { ReadingProgress } from '@core/data/pictureFolder'
import { AskedProcess } from '../asked'

export type DataProcess = AskedProcess<DataQuestions>

/** The process that fetches and reads data. `bundles` is what it runs, and what its threads run that read pictures. */
export function dataProcess(
  bundles: { readonly data: string; readonly pictures: string },
  listener: {
    readonly onFetching: (progress: FetchProgress) => void
    readonly onReading: (progress: ReadingProgress) => void
  }
): DataProcess {
  return new AskedProcess({
    name: 'data',
    bundle: bundles.data,
    args: [bundles.pictures],
    questions: dataQuestions,
    died: {
      code: 'data-died',
      message: 'The part of Netloom that reads data has crashed.',
      detail: 'Your network is untouched. Try again; what was fetched before is kept.'
    },
    onNews: (data) => {
      const news = dataNewsSchema.parse(data)
      if (news.type === 'fetching') listener.onFetching(news.progress)
      else listener.onReading(news.progress)
    }
  })
}
