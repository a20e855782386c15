import type { Document } from '@core/document/schema'
import type { ProjectFiles } from '@core/data/files'
import { ok, type Result } from '@core/result'
import type { EpochPoint } from '@core/run/events'
import { isOver, nextTrial, standings } from '@core/sweep/halving'
import { planTrials, settingsOfPlan } from '@core/sweep/plan'
import {
  markSchema,
  sweepPlanSchema,
  sweptValueSchema,
  type Mark,
  type SweepPlan,
  type SweepStatus,
  type SweepSummary,
  type TrialState
} from '@core/sweep/sweep'
import { newId } from '../runs/recorder'
import { keepSnapshot, readSnapshot } from '../runs/snapshots'
import { all, one, run, together, type Sqlite } from '../runs/sqlite'
import { isAlive } from '../runs/writers'

/** What is known of a sweep. */
export interface KeptSweep {
  readonly id: string
  readonly plan: SweepPlan
  readonly document: Document
  readonly files: ProjectFiles
  readonly trials: TrialState[]
  readonly status: SweepStatus
}

/** What a process is to do next for a sweep. */
export type Claim =
  | { readonly do: 'train'; readonly place: number; readonly until: number; readonly rung: number }
  /** Others are still training what has to be known first. */
  | { readonly do: 'wait' }
  | { readonly do: 'end' }

/** A trial whose process has died so often is not tried again. */
const MOST_DEATHS = 2

interface TrialRow {
  readonly place: number
  readonly combination: number
  readonly seed: number
  readonly given: string
  readonly marks: string
  readonly worker: string | null
  readonly busy: number
  readonly failure: string | null
}

/** Sweeps in the store of runs: what each is to try, and how far it is. Processes that train claim their trials here. */
export class SweepStore {
  constructor(
    private readonly db: Sqlite,
    private readonly folder: string
  ) {}

  /** Keeps a new sweep, which then waits for processes to work on it; its id. */
  create(document: Document, files: ProjectFiles, plan: SweepPlan): Result<string> {
    const planned = planTrials(document, files, plan)
    if (!planned.ok) return planned
    const settings = settingsOfPlan(document, plan)
    if (!settings.ok) return settings
    const id = newId()
    together(this.db, () => {
      const snapshot = keepSnapshot(this.db, { document, files })
      const labels = JSON.stringify(settings.value.map(({ label }) => label))
      run(
        this.db,
        'insert into sweeps (id, created, project, plan, labels, snapshot, wanted) values (?, ?, ?, ?, ?, ?, ?)',
        ...[id, Date.now(), document.name, JSON.stringify(plan), labels, snapshot, 'run']
      )
      for (const { place, combination, seed, values } of planned.value.trials)
        run(
          this.db,
          'insert into trials (sweep, place, combination, seed, given) values (?, ?, ?, ?, ?)',
          ...[id, place, combination, seed, JSON.stringify(values)]
        )
    })
    return ok(id)
  }

  /** All sweeps, the newest first. */
  list(): readonly SweepSummary[] {
    const rows = all<{
      id: string
      created: number
      project: string
      plan: string
      labels: string
      wanted: string
    }>(
      this.db,
      'select id, created, project, plan, labels, wanted from sweeps where removed is null order by created desc, id'
    )
    return rows.map(({ id, created, project, plan, labels, wanted }) => {
      const parsed = sweepPlanSchema.parse(JSON.parse(plan))
      const trials = this.trials(id, false)
      const stands = standings(parsed, trials)
      return {
        ...{ id, created, project, labels: JSON.parse(labels) as string[] },
        status: this.statusOf(id, wanted, isOver(parsed, trials)),
        trials: trials.length,
        over: stands.filter(({ status }) => status !== 'waiting' && status !== 'running').length
      }
    })
  }

  /** A sweep as it is now; undefined where there is none. */
  find(id: string): Result<KeptSweep> | undefined {
    const row = one<{ plan: string; snapshot: string; wanted: string }>(
      this.db,
      'select plan, snapshot, wanted from sweeps where id = ?',
      id
    )
    if (!row) return undefined
    const snapshot = readSnapshot(this.db, row.snapshot)
    if (!snapshot.ok) return snapshot
    const plan = sweepPlanSchema.parse(JSON.parse(row.plan))
    const trials = this.trials(id, true)
    const status = this.statusOf(id, row.wanted, isOver(plan, trials))
    return ok({ id, plan, ...snapshot.value, trials, status })
  }

  /** Ids that begin like this. */
  matching(start: string): string[] {
    const sql =
      'select id from sweeps where substr(id, 1, length(?)) = ? and removed is null order by created desc'
    return all<{ id: string }>(this.db, sql, start, start).map(({ id }) => id)
  }

  /** What processes are to do: go on, leave off after the epoch they are in, or leave off for good. */
  want(id: string, wanted: 'run' | 'pause' | 'cancel'): void {
    run(this.db, 'update sweeps set wanted = ? where id = ?', wanted, id)
  }

  wants(id: string): string {
    return (
      one<{ wanted: string }>(this.db, 'select wanted from sweeps where id = ? and removed is null', id)
        ?.wanted ?? 'cancel'
    )
  }

  /** Deletes a sweep, or brings it back; its runs stay. */
  remove(id: string, now: number | null = Date.now()): void {
    run(this.db, 'update sweeps set removed = ? where id = ?', now, id)
  }

  /** The next trial for this process, which has it from then on. */
  claim(id: string, worker: string): Claim {
    return together(this.db, () => {
      if (this.wants(id) !== 'run') return { do: 'end' }
      this.freeAbandoned(id)
      const plan = this.planOf(id)
      const trials = this.trials(id, false)
      const place = nextTrial(plan, trials)
      if (place === undefined) return { do: isOver(plan, trials) ? 'end' : 'wait' }
      run(this.db, 'update trials set busy = 1, worker = ? where sweep = ? and place = ?', worker, id, place)
      const at = trials.findIndex((trial) => trial.place === place)
      return { do: 'train', place, until: standings(plan, trials)[at]!.until, rung: trials[at]!.marks.length }
    })
  }

  /** The trial has come so far, to one rung or to several; its process gives it back. */
  mark(id: string, place: number, reached: readonly Mark[], picture: Uint8Array | undefined): void {
    together(this.db, () => {
      const { marks } = one<{ marks: string }>(
        this.db,
        'select marks from trials where sweep = ? and place = ?',
        id,
        place
      )!
      const next = JSON.stringify([...(JSON.parse(marks) as Mark[]), ...reached])
      run(
        this.db,
        'update trials set marks = ?, busy = 0, picture = coalesce(?, picture) where sweep = ? and place = ?',
        ...[next, picture ?? null, id, place]
      )
    })
  }

  /** The trial cannot be trained, and why. */
  fail(id: string, place: number, why: string): void {
    run(this.db, 'update trials set failure = ?, busy = 0 where sweep = ? and place = ?', why, id, place)
  }

  /** The process leaves off; another one may go on. */
  release(id: string, place: number): void {
    run(this.db, 'update trials set busy = 0 where sweep = ? and place = ?', id, place)
  }

  /** The run of a trial that was begun last: what goes on after a process has died. */
  runOf(id: string, place: number): { readonly id: string; readonly epoch: number } | undefined {
    const sql = `select id, epoch from runs where series = ? and trial = ? and removed is null
      order by started desc, rowid desc limit 1`
    return one(this.db, sql, id, place)
  }

  /** Pictures of what the networks of a sweep answer, by place. */
  pictures(id: string): readonly { readonly place: number; readonly values: Float32Array }[] {
    const sql = 'select place, picture from trials where sweep = ? and picture is not null order by place'
    return all<{ place: number; picture: ArrayBuffer }>(this.db, sql, id).map(({ place, picture }) => ({
      place,
      values: new Float32Array(Uint8Array.from(Buffer.from(picture)).buffer)
    }))
  }

  private planOf(id: string): SweepPlan {
    const { plan } = one<{ plan: string }>(this.db, 'select plan from sweeps where id = ?', id)!
    return sweepPlanSchema.parse(JSON.parse(plan))
  }

  /** Trials whose process is gone wait again; one that ends its process each time is given up. */
  private freeAbandoned(id: string): void {
    const held = all<TrialRow>(this.db, 'select place, worker from trials where sweep = ? and busy = 1', id)
    for (const { place, worker } of held) {
      if (worker !== null && isAlive(this.folder, worker)) continue
      run(
        this.db,
        `update trials set busy = 0, deaths = deaths + 1, failure = case when deaths + 1 > ? then ? end
         where sweep = ? and place = ?`,
        ...[MOST_DEATHS, 'The process that trained it died each time.', id, place]
      )
    }
  }

  private trials(id: string, withRuns: boolean): TrialState[] {
    const sql =
      'select place, combination, seed, given, marks, worker, busy, failure from trials where sweep = ? order by place'
    const rows = all<TrialRow>(this.db, sql, id)
    const runs = withRuns ? this.runs(id) : new Map<number, NonNullable<TrialState['run']>>()
    return rows.map(({ place, combination, seed, given, marks, busy, failure }) => ({
      ...{ place, combination, seed, failure, busy: busy === 1 },
      values: sweptValueSchema.array().parse(JSON.parse(given)),
      marks: markSchema.array().parse(JSON.parse(marks)),
      run: runs.get(place) ?? null
    }))
  }

  /** The newest run of each trial. */
  private runs(id: string): Map<number, NonNullable<TrialState['run']>> {
    const sql = `select trial, id, epoch, seconds, parameters, best, ending from runs
      where series = ? and removed is null order by started, rowid`
    const rows = all<{
      trial: number
      id: string
      epoch: number
      seconds: number
      parameters: number
      best: string | null
      ending: string | null
    }>(this.db, sql, id)
    return new Map(
      rows.map(({ trial, best, ...rest }) => {
        const point = best === null ? undefined : (JSON.parse(best) as EpochPoint)
        return [
          trial,
          {
            ...rest,
            bestEpoch: point?.epoch ?? null,
            trainAccuracy: point?.trainAccuracy ?? point?.accuracy ?? null
          }
        ]
      })
    )
  }

  private statusOf(id: string, wanted: string, over: boolean): SweepStatus {
    if (over) return 'done'
    const workers = all<{ worker: string }>(
      this.db,
      'select distinct worker from trials where sweep = ? and worker is not null',
      id
    )
    const alive = workers.some(({ worker }) => isAlive(this.folder, worker))
    if (wanted === 'cancel') return 'cancelled'
    if (wanted === 'pause') return 'paused'
    return alive ? 'running' : 'interrupted'
  }
}
