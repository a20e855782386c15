import { runsQuestions, type RunsQuestions } from '@core/ipc/runsProcess'
import type { Answers } from '@core/ipc/questions'
import { fail, ok, type Result } from '@core/result'
import { answerQuestions } from '../answering'
import { runsFolder } from './folder'
import { RunLibrary } from './library'

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
  noticed: () => ok(library().noticed())
}

answerQuestions(runsQuestions, answers, (words) => `The kept runs cannot be read: ${words}.`)
