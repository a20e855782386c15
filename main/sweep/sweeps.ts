import type { UtilityProcess } from 'electron'
import { cpus, totalmem } from 'node:os'
import type { ProjectFiles } from '@core/data/files'
import type { Document } from '@core/document/schema'
import { ok, type Result } from '@core/result'
import { tensorflowEnvironment, tensorflowFor } from '@core/run/tensorflow'
import { processesFor } from '@core/sweep/processes'
import type { SweepPlan } from '@core/sweep/sweep'
import { fork } from '../fork'
import { log } from '../log'
import type { RunsProcess } from '../runs/runs'

interface Places {
  /** What a process that trains runs, and where runs and data are kept. */
  readonly bundle: string
  readonly runs: string
  readonly data: string
}

/** How long processes have to leave off when the app quits, in ms. */
const LEAVE_WITHIN = 3000
/** Processes of a sweep that die in a row before it is left to itself. */
const MOST_DEATHS = 12

/** The processes that train trials. What they are to do is in the store of runs, and so is what they come to. */
export class Sweeps {
  private readonly working = new Map<UtilityProcess, string>()
  private deaths = 0
  private ending = false

  constructor(
    private readonly process: RunsProcess,
    private readonly places: Places
  ) {}

  /** Keeps a new sweep and sets processes to work on it; its id. */
  async begin(document: Document, files: ProjectFiles, plan: SweepPlan): Promise<Result<string>> {
    const made = await this.process.ask('createSweep', document, files, plan)
    if (!made.ok) return made
    const begun = await this.goOn(made.value)
    return begun.ok ? made : begun
  }

  /** Sets processes to work on a sweep that was paused, cancelled or broken off. */
  async goOn(id: string): Promise<Result<void>> {
    const found = await this.process.ask('sweep', id)
    if (!found.ok) return found
    await this.process.ask('wantSweep', id, 'run')
    const { document, files, trials } = found.value
    const computer = { cores: cpus().length, memory: totalmem() }
    // Trials share the cores among them, and come out the same however many are trained at once.
    const environment = tensorflowEnvironment({ ...tensorflowFor(document, files), threads: 1 })
    const there = [...this.working.values()].filter((sweep) => sweep === id).length
    this.deaths = 0
    for (let i = there; i < processesFor(trials.length, computer); i++) this.startOne(id, environment)
    return ok(undefined)
  }

  /** Deletes a sweep; its runs stay. */
  async remove(id: string): Promise<Result<void>> {
    return this.process.ask('removeSweep', id)
  }

  /** Lets processes leave off where they are, so that nothing is lost when the app quits. */
  async end(): Promise<void> {
    this.ending = true
    const left = [...this.working.keys()].map(
      (child) =>
        new Promise<void>((resolve) => {
          child.once('exit', () => resolve())
          child.postMessage('leave')
          setTimeout(() => {
            child.kill()
            resolve()
          }, LEAVE_WITHIN)
        })
    )
    await Promise.all(left)
  }

  private startOne(id: string, environment: { readonly [name: string]: string }): void {
    const child = fork({
      ...{ name: 'sweep', bundle: this.places.bundle, args: [id] },
      env: { NETLOOM_RUNS: this.places.runs, NETLOOM_DATA: this.places.data, ...environment }
    })
    this.working.set(child, id)
    child.once('exit', (code) => {
      this.working.delete(child)
      if (code === 0 || this.ending) return
      log.error(`a process of a sweep ended with ${code}`)
      // A trial that ends its process each time is given up; the others are not.
      if (++this.deaths <= MOST_DEATHS) this.startOne(id, environment)
    })
  }
}
