import type { LibraryFacts } from '@core/ipc/dataProcess'
import { bytesHere } from './fetch'
import { library } from './index'

/** All data sets of the library, as people are told about them. */
export function libraryFacts(): Promise<LibraryFacts[]> {
  return Promise.all(
    Object.values(library).map(async (set) => {
      const { name, title, summary, origin, licence, rows, shape, ways } = set
      return {
        ...{ name, title, summary, origin, licence, rows, shape: [...shape] },
        bytes: ways?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0,
        bytesHere: await bytesHere(set),
        here: set.place() !== undefined,
        takes: ways?.takes ?? ''
      }
    })
  )
}
