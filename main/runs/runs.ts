import type { UtilityProcess } from 'electron'
import type { OpenedProject } from '@core/ipc'
import { fromRerunSchema, runsQuestions, type RerunProgress, type RunsQuestions } from '@core/ipc/runsProcess'
import type { ProjectFiles } from '@core/data/files'
import type { Document } from '@core/document/schema'
import { fail, ok, type Result } from '@core/result'
import { decodeCheckpoint } from '@core/run/checkpoint'
import { structureKey } from '@core/run/structure'
import { tensorflowEnvironment } from '@core/run/tensorflow'
import type { WeightsKind } from '@core/runs/kept'
import { whyNotRepeated } from '@core/runs/repeat'
import { AskedProcess } from '../asked'
import type { Projects } from '../files/projects'
import { fork } from '../fork'
import type { Trainer } from '../trainer/trainer'

export type RunsProcess = AskedProcess<RunsQuestions>

/** The process that looks after the kept runs. `folder` is where they are kept. */
export function runsProcess(bundle: string, folder: string): RunsProcess {
  return new AskedProcess({
    name: 'runs',
    bundle,
    env: { NETLOOM_RUNS: folder },
    questions: runsQuestions,
    died: {
      code: 'runs-died',
      message: 'The part of Netloom that looks after your runs has crashed.',
      detail: 'The runs themselves are on the disk. Try again.'
    }
  })
}

interface Places {
  /** What a rerun runs, and where runs and data are kept. */
  readonly bundle: string
  readonly runs: string
  readonly data: string
}

/** What can be done with a kept run: open it, take its weights, train it again. */
export class Runs {
  private repeating: { readonly id: string; readonly child: UtilityProcess } | undefined

  constructor(
    private readonly process: RunsProcess,
    private readonly places: Places,
    private readonly onRepeating: (progress: RerunProgress) => void
  ) {}

  /** Opens a run as a project, as it was when it ended, with one of its states, or untrained. */
  async open(projects: Projects, id: string, kind: WeightsKind | null): Promise<Result<OpenedProject>> {
    const details = await this.process.ask('details', id)
    if (!details.ok) return details
    const { document, files } = details.value.ended
    if (kind === null) return ok(projects.openRun(document, files))
    const bytes = await this.process.ask('weights', id, kind)
    if (!bytes.ok) return bytes
    const state = decodeCheckpoint(bytes.value)
    if (!state.ok) return state
    const { epoch, structure } = state.value
    if (structure !== structureKey(document)) return otherNetwork()
    return ok(projects.openRun(document, files, { epoch, structure, bytes: bytes.value }))
  }

  /** Puts what a run has learned into the network of the window, as far as its layers fit. */
  async takeWeights(
    trainer: Trainer,
    id: string,
    kind: WeightsKind,
    project: { readonly document: Document; readonly files: ProjectFiles }
  ): Promise<Result<void>> {
    const details = await this.process.ask('details', id)
    if (!details.ok) return details
    const bytes = await this.process.ask('weights', id, kind)
    return bytes.ok ? trainer.take(project, { ...details.value.ended, checkpoint: bytes.value }) : bytes
  }

  /** Begins to train a run again; how it goes is told. One at a time. */
  async repeat(id: string): Promise<Result<void>> {
    if (this.repeating) return fail({ code: 'busy', message: 'Another run is being reproduced just now.' })
    const details = await this.process.ask('details', id)
    if (!details.ok) return details
    const why = whyNotRepeated(details.value)
    if (why !== undefined) return fail({ code: 'not-repeatable', message: why })
    const { run, machine } = details.value
    const { bundle, runs, data } = this.places
    const child = fork({
      ...{ name: 'rerun', bundle, args: [id] },
      env: { NETLOOM_RUNS: runs, NETLOOM_DATA: data, ...tensorflowEnvironment(machine) }
    })
    this.repeating = { id, child }
    let problem: string | undefined = 'It was stopped.'
    const tell = (epoch: number, over: boolean): void =>
      this.onRepeating({
        ...{ id, epoch, epochs: run.epoch, over },
        ...(over && problem !== undefined ? { problem } : {})
      })
    child.on('message', (data: unknown) => {
      const message = fromRerunSchema.parse(data)
      if (message.type === 'progress') return tell(message.epoch, false)
      problem = message.type === 'done' ? undefined : message.message
      child.kill()
    })
    child.once('exit', () => {
      this.repeating = undefined
      tell(run.epoch, true)
    })
    tell(0, false)
    return ok(undefined)
  }

  stopRepeating(): void {
    this.repeating?.child.kill()
  }
}

const otherNetwork = (): Result<never> =>
  fail({
    code: 'other-network',
    message: 'These weights belong to an earlier form of this network.',
    detail: 'Open the run without them, and train it again.'
  })
