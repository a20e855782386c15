import { constants, setPriority } from 'node:os'
import { dataQuestions, type DataNews, type DataQuestions } from '@core/ipc/dataProcess'
import type { Answers } from '@core/ipc/questions'
import { fail, ok } from '@core/result'
import { encodeCheckpoint } from '@core/run/checkpoint'
import { answerQuestions } from '../answering'
import { openModel } from '../import/openModel'
import { newRowsAnswers } from './newRows/answers'
import { folderAnswers } from './pictures/answers'
import { previewTable } from './previewTable'
import { librarySet, unknownSet } from './library'
import { libraryFacts } from './library/facts'
import { discardDownload, fetchSet, importSet, type Stopped } from './library/fetch'

/**
 * The entry of the data process, an Electron utility process: it fetches and reads what comes from outside. It is given
 * the bundle of the threads that read pictures.
 */

// The window goes first: its frames must not wait for pictures that are being read. Threads take it over.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

const tell = (message: DataNews): void => process.parentPort.postMessage(message)

/** What is being fetched, by name. */
const fetching = new Map<string, AbortController>()

const answers: Answers<DataQuestions> = {
  library: async () => ok(await libraryFacts()),
  get: async (name) => {
    const set = librarySet(name)
    if (!set) return unknownSet(name)
    if (fetching.has(name))
      return fail({ code: 'library', message: `${set.title} is being fetched already.` })
    const stop = new AbortController()
    fetching.set(name, stop)
    try {
      return await fetchSet(set, {
        tell: (progress) => tell({ type: 'fetching', progress }),
        signal: stop.signal
      })
    } finally {
      fetching.delete(name)
    }
  },
  stop: async (name, how) => {
    const running = fetching.get(name)
    const set = librarySet(name)
    running?.abort(how satisfies Stopped)
    if (!running && how === 'cancel' && set) await discardDownload(set)
    return ok(undefined)
  },
  import: async (name, paths) => {
    const set = librarySet(name)
    return set ? importSet(set, paths) : unknownSet(name)
  },
  previewTable,
  openModel: async (path) => {
    const read = await openModel(path)
    if (!read.ok) return read
    const { document, checkpoint, notes } = read.value
    return ok({
      document,
      notes: [...notes],
      ...(checkpoint ? { checkpoint: encodeCheckpoint(checkpoint) } : {})
    })
  },
  ...folderAnswers(process.argv[2]!, (progress) => tell({ type: 'reading', progress })),
  ...newRowsAnswers(process.argv[2]!)
}

answerQuestions(dataQuestions, answers, (words) => `Something went wrong with the data: ${words}.`)
