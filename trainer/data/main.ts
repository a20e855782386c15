import { constants, setPriority } from 'node:os'
import {
  dataQuestions,
  toDataSchema,
  type DataAnswer,
  type DataArgs,
  type DataQuestion,
  type FromData
} from '@core/ipc/dataProcess'
import { fail, ok } from '@core/result'
import { newRowsAnswers } from './newRows/answers'
import { folderAnswers } from './pictures/answers'
import { librarySet, unknownSet } from './library'
import { libraryFacts } from './library/facts'
import { discardDownload, fetchSet, importSet, type Stopped } from './library/fetch'

/**
 * The entry of the data process, an Electron utility process: it fetches and reads what comes from outside. It is given
 * the bundle of the threads that read pictures.
 */

// The window goes first: its frames must not wait for pictures that are being read. Threads take it over.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

const tell = (message: FromData): void => process.parentPort.postMessage(message)

/** What is being fetched, by name. */
const fetching = new Map<string, AbortController>()

type Answers = { readonly [Q in DataQuestion]: (...args: DataArgs<Q>) => Promise<DataAnswer<Q>> }

const answers: Answers = {
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
  ...folderAnswers(process.argv[2]!, (progress) => tell({ type: 'reading', progress })),
  ...newRowsAnswers(process.argv[2]!)
}

process.parentPort.on('message', ({ data }: Electron.MessageEvent) => {
  const message = toDataSchema.parse(data)
  void answer(message.id, message.question, message.args)
})

async function answer(id: number, question: DataQuestion, given: readonly unknown[]): Promise<void> {
  const args = dataQuestions[question].args.parse(given)
  // The compiler cannot see that the arguments and the answer belong to the same question.
  const work = answers[question] as (...args: unknown[]) => Promise<unknown>
  const said = await work(...args).catch((error: unknown) => {
    console.error(error)
    const words = error instanceof Error ? error.message : String(error)
    return fail({ code: 'data', message: `Something went wrong with the data: ${words}.` })
  })
  tell({ type: 'answer', id, answer: said })
}
