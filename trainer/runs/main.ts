import { runsQuestions, type RunsQuestions } from '@core/ipc/runsProcess'
import type { Answers } from '@core/ipc/questions'
import { fail, ok, type Result } from '@core/result'
import { answerQuestions } from '../answering'
import { runsFolder } from './folder'
import { RunLibrary } from './library'
import { readDocument } from '@core/document/parse'
import type { KeptSweep } from '../sweep/sweeps'

/** The entry of the process that looks after the kept runs, an Electron utility process. */

let opened: RunLibrary | undefined
const gone = (): Result<never> => fail({ code: 'run-gone', message: 'This run is not kept any more.' })

/** Opened with the first question, and tried again with the next one where that fails. */
function library(): RunLibrary {
  if (!opened) {
    opened = RunLibrary.open(runsFolder(), { thorough: true })
    opened.tidy()
  }
  return opened
}

function detailsOf<T>(id: string, pick: (sweep: KeptSweep) => T): Result<T> {
  const found = library().sweeps.find(id)
  if (!found) return fail({ code: 'sweep-gone', message: 'This sweep is not kept any more.' })
  return found.ok ? ok(pick(found.value)) : found
}

const answers: Answers<RunsQuestions> = {
  list: (query) => {
    const runs = library()
    // A process that trained may have died since.
    runs.tidy()
    return ok(runs.list(query))
  },
  details: (id) => library().details(id) ?? gone(),
  points: (id, most) => ok(library().points(id, most)),
  weights: (id, kind) => {
    const bytes = library().weights(id, kind)
    return bytes ? ok(bytes) : fail({ code: 'weights-gone', message: 'These weights are not kept any more.' })
  },
  change: (ids, change) => ok(library().change(ids, change)),
  remove: (ids) => ok(library().remove(ids)),
  restore: (ids) => ok(library().restore(ids)),
  tags: () => ok(library().tags()),
  space: () => ok(library().space()),
  setBudget: (bytes) => ok(library().setBudget(bytes)),
  noticed: () => ok(library().noticed()),
  sweeps: () => ok([...library().sweeps.list()]),
  sweep: (id) =>
    detailsOf(id, ({ plan, document, files, trials, status }) => ({
      id,
      plan,
      document,
      files,
      trials,
      status
    })),
  sweepProgress: (id) => detailsOf(id, ({ trials, status }) => ({ trials, status })),
  sweepPictures: (id) => ok([...library().sweeps.pictures(id)]),
  createSweep: (document, files, plan) => {
    const checked = readDocument(document)
    return checked.ok ? library().sweeps.create(checked.value, files, plan) : checked
  },
  wantSweep: (id, wanted) => ok(library().sweeps.want(id, wanted)),
  removeSweep: (id) => ok(library().sweeps.remove(id)),
  restoreSweep: (id) => ok(library().sweeps.remove(id, null))
}

answerQuestions(runsQuestions, answers, (words) => `The kept runs cannot be read: ${words}.`)
