import { randomBytes } from 'node:crypto'
import type { ProjectFiles } from '@core/data/files'
import type { Document } from '@core/document/schema'
import type { EpochPoint, RunEvent } from '@core/run/events'
import { readingOf } from '@core/run/reading'
import { idleRun, judged, reduceRun, type RunState } from '@core/run/state'
import { steadyKey } from '@core/run/structure'
import { dataFacts } from '@core/runs/about'
import type { KeptPoint, Machine, WeightsKind } from '@core/runs/kept'
import { closeStore, openStore } from './open'
import { packPoint, unpackPoint } from './points'
import { factsOf, searchText } from './rows'
import { hashOf, keepSnapshot } from './snapshots'
import { all, one, run, together, type Sqlite } from './sqlite'
import { keepBudget, keepWeights } from './weights'
import { isAlive, Writer } from './writers'

/** A run that begins, or goes on. */
export interface RunAbout {
  readonly document: Document
  readonly files: ProjectFiles
  /** The document as it is now: hot settings change while it trains. */
  readonly now: () => Document
  /** The epoch it goes on from, and what is known of those before. */
  readonly from: number
  readonly history: readonly EpochPoint[]
  /** It goes back in time while it trains, and is not started anew. */
  readonly midway: boolean
  /** The run that got there. */
  readonly parent: string | undefined
  readonly parameters: number
  /** The share of the commonest class among the validation rows. */
  readonly commonest: number | undefined
  /** It is one of several that belong together, and what it is called among them. */
  readonly series?: { readonly id: string; readonly trial: number; readonly name: string }
}

/** A state of a run that is to be kept; bytes are asked for only where it is. */
export interface StateToKeep {
  readonly kind: WeightsKind
  readonly epoch: number
  readonly bytes: () => Uint8Array
}

/** What is being kept just now. */
interface Current {
  readonly id: string
  readonly about: RunAbout
  state: RunState
  /** Seconds before it went on. */
  readonly before: number
  /** Seconds of computing at the end of each epoch of `state.history`. */
  readonly seconds: Map<number, number>
  /** Epochs that are in the store. */
  readonly written: Set<number>
  snapshot: string
  /** What that is a snapshot of. */
  document: Document
  over: boolean
}

/** While training, weights are written this many ms apart: a crash of the whole computer costs no more than that. */
const WEIGHTS_EVERY = 10_000
/** Events wait no longer than this, in ms. */
const COMMIT_EVERY = 100
const MOST_PENDING = 500

/**
 * Keeps runs while they are trained. What has been noted is in the store after `commit`, and then outlives this
 * process; whoever tells others of an epoch commits first. Where the store fails, training goes on without it.
 */
export class Recorder {
  private current: Current | undefined
  private pending: RunEvent[] = []
  private committed = 0
  private weightsAt = 0
  private writing: Promise<void> = Promise.resolve()
  private readonly newest = new Map<WeightsKind, number>()
  private broken = false

  private constructor(
    private readonly db: Sqlite,
    private readonly folder: string,
    private readonly writer: Writer,
    private readonly machine: Machine,
    private readonly onFailure: (why: unknown) => void
  ) {}

  /** Opens the store for writing; throws where it cannot be opened. */
  static open(folder: string, machine: Machine, onFailure: (why: unknown) => void): Recorder {
    return new Recorder(openStore(folder), folder, new Writer(folder), machine, onFailure)
  }

  /** Who keeps runs here: see `Writer`. */
  get writerId(): string {
    return this.writer.id
  }

  /** A run begins, or one that had ended goes on; its id. */
  begin(about: RunAbout): string {
    return this.safely(() => this.beginRun(about)) ?? newId()
  }

  note(event: RunEvent): void {
    if (!this.current || this.broken || event.type === 'batch' || event.type === 'carried') return
    // Going back in time after the end takes nothing away from what was trained.
    if (event.type === 'restored') return
    this.pending.push(event)
    const urgent = event.type !== 'epoch' && event.type !== 'changed'
    if (urgent || this.pending.length >= MOST_PENDING || performance.now() - this.committed > COMMIT_EVERY)
      this.commit()
  }

  /** Puts everything that was noted into the store. */
  commit(): void {
    if (this.pending.length === 0) return
    const events = this.pending
    this.pending = []
    this.safely(() => this.write(events))
    this.committed = performance.now()
  }

  /** Keeps states of the run: now and then while it trains, at once where it does not. */
  keepWeights(states: readonly StateToKeep[]): void {
    const { current } = this
    if (!current || this.broken) return
    this.commit()
    const due = current.state.status !== 'running' || performance.now() - this.weightsAt > WEIGHTS_EVERY
    if (!due) return
    this.weightsAt = performance.now()
    for (const { kind, epoch, bytes } of states) {
      if (this.newest.get(kind) === epoch && kind === 'best') continue
      this.newest.set(kind, epoch)
      const state = { run: current.id, kind, epoch, bytes: bytes() }
      this.writing = this.writing
        .then(() => (this.broken ? undefined : keepWeights(this.db, this.folder, state)))
        .catch((error: unknown) => this.fail(error))
    }
    if (current.over)
      this.writing = this.writing.then(() => void this.safely(() => keepBudget(this.db, this.folder)))
  }

  /** Settles when everything that was noted and every state that was to be kept is in the store. */
  async settled(): Promise<void> {
    this.commit()
    await this.writing
  }

  /** Settles when everything is in the store, and lets go of it. */
  async close(): Promise<void> {
    await this.settled()
    this.writer.end()
    closeStore(this.db)
  }

  private safely<T>(work: () => T): T | undefined {
    if (this.broken) return undefined
    try {
      return work()
    } catch (error) {
      this.fail(error)
      return undefined
    }
  }

  private fail(error: unknown): void {
    this.broken = true
    this.onFailure(error)
  }

  private beginRun(about: RunAbout): string {
    const left = this.current
    this.leave()
    const previous = about.midway ? left?.state : undefined
    const same = this.goesOn(about)
    const { id, before } = same ?? { id: newId(), before: 0 }
    const kept = same ? this.pointsOf(id) : about.parent === undefined ? [] : this.pointsOf(about.parent)
    const times = new Map(kept.map(({ point, seconds }) => [point.epoch, seconds]))
    const history = about.history.filter((p) => p.epoch <= about.from)
    const since = history.reduce((most, p) => Math.max(most, times.get(p.epoch) ?? 0), 0)
    const snapshot = keepSnapshot(this.db, about)
    this.newest.clear()
    this.weightsAt = performance.now()
    this.current = {
      id,
      about,
      state: reduceRun(previous ?? idleRun, [{ type: 'restored', epoch: about.from, history: [...history] }]),
      // Seconds are counted from when training was started.
      before: same ? before : since - (previous?.seconds ?? 0),
      seconds: new Map(history.map((p) => [p.epoch, times.get(p.epoch) ?? 0])),
      written: new Set(same ? kept.map(({ point }) => point.epoch) : []),
      snapshot,
      document: about.document,
      over: false
    }
    if (same)
      run(
        this.db,
        "update runs set status = 'running', writer = ?, ended = null where id = ?",
        this.writer.id,
        id
      )
    else this.insert(this.current)
    return id
  }

  /** The run that goes on here as if it had never ended; undefined where another one begins. */
  private goesOn({
    parent,
    from,
    document
  }: RunAbout): { readonly id: string; readonly before: number } | undefined {
    if (parent === undefined || from === 0) return undefined
    const row = one<{ epoch: number; steady: string; seconds: number; status: string; writer: string }>(
      this.db,
      'select epoch, steady, seconds, status, writer from runs where id = ? and removed is null',
      parent
    )
    if (row?.epoch !== from || row.steady !== hashOf(steadyKey(document))) return undefined
    const theirs = row.status === 'running' && row.writer !== this.writer.id
    return theirs && isAlive(this.folder, row.writer) ? undefined : { id: parent, before: row.seconds }
  }

  private insert({ id, about, snapshot }: Current): void {
    const { document, files, from, parent, parameters, commonest, series } = about
    const name = series?.name ?? ''
    const { facts, data, network } = factsOf(document)
    const { name: project, training } = document
    const known =
      parent !== undefined && one(this.db, 'select 1 from runs where id = ?', parent) !== undefined
    const row = {
      ...{ id, project, status: 'running', writer: this.writer.id, started: Date.now() },
      ...{ epoch: from, from_epoch: from, epochs: training.epochs, parameters },
      ...{ begun_as: snapshot, ended_as: snapshot, steady: hashOf(steadyKey(document)) },
      ...{ data, network, data_key: hashOf(dataFacts(document, files)).slice(0, 16) },
      ...{ engine: JSON.stringify({ id: 'native', title: '' }), machine: JSON.stringify(this.machine) },
      ...{ commonest: commonest ?? null, parent: known ? parent : null, parent_epoch: known ? from : null },
      ...{ name, series: series?.id ?? null, trial: series?.trial ?? null },
      ...{ facts, search: searchText({ id, project, name, note: '', tags: [], facts }) }
    }
    const names = Object.keys(row)
    run(
      this.db,
      `insert into runs (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
      ...Object.values(row)
    )
  }

  /** Another network takes over from the run that is being kept. */
  private leave(): void {
    this.commit()
    const { current } = this
    if (!current || current.over) return
    current.over = true
    run(
      this.db,
      "update runs set status = 'ended', ending = 'changed', ended = ? where id = ?",
      Date.now(),
      current.id
    )
  }

  private write(events: readonly RunEvent[]): void {
    const current = this.current!
    for (const event of events)
      if (event.type === 'epoch') current.seconds.set(event.point.epoch, current.before + event.seconds)
    current.state = reduceRun(current.state, events)
    const { state, about, id } = current
    const over = state.status === 'ended' || state.status === 'failed'
    // Stopped before it had learned anything: there is nothing to keep.
    if (over && state.ending === 'stopped' && state.epoch === about.from && current.written.size === 0) {
      run(this.db, 'delete from runs where id = ?', id)
      this.current = undefined
      return
    }
    const calm = over || state.status === 'paused'
    const reading = calm ? readingOf(state, about.commonest) : undefined
    const document = about.now()
    if (document !== current.document) {
      current.document = document
      current.snapshot = keepSnapshot(this.db, { document, files: about.files })
    }
    together(this.db, () => {
      this.writePoints(current)
      const best = state.best
      const row = {
        status: over ? (state.status === 'failed' ? 'failed' : 'ended') : 'running',
        ending: state.ending ?? null,
        failure: state.failure ?? null,
        ended: over ? Date.now() : null,
        seconds: current.before + state.seconds,
        epoch: Math.max(state.epoch, state.history.at(-1)?.epoch ?? 0),
        epochs: state.epochs,
        steps_per_epoch: state.stepsPerEpoch,
        rows: JSON.stringify(state.rows),
        ...(state.engine ? { engine: JSON.stringify(state.engine) } : {}),
        ended_as: current.snapshot,
        changes: JSON.stringify(state.changes),
        best: best ? finite(best) : null,
        last: state.history.length > 0 ? finite(state.history.at(-1)!) : null,
        loss: best ? judged(best) : null,
        accuracy: best?.valAccuracy ?? best?.trainAccuracy ?? best?.accuracy ?? null,
        ...(reading ? { reading: JSON.stringify(reading) } : {})
      }
      const names = Object.keys(row)
      run(
        this.db,
        `update runs set ${names.map((name) => `${name} = ?`).join(', ')} where id = ?`,
        ...Object.values(row),
        id
      )
    })
    current.over = over
  }

  /** The curve in the store becomes that of the state: new points come in, and those that were thinned out go. */
  private writePoints({ id, state, written, seconds }: Current): void {
    // New points are at the end.
    const known = state.history.findLastIndex((p) => written.has(p.epoch))
    const fresh = state.history.slice(known + 1)
    for (const { epoch } of fresh) written.add(epoch)
    const packed = fresh.map((point) => [
      point.epoch,
      packPoint({ point, seconds: seconds.get(point.epoch) ?? 0 }).toString('hex')
    ])
    // As JSON, because each call of a statement costs more than a row.
    const insert = 'insert or replace into points select ?, value->>0, unhex(value->>1) from json_each(?)'
    if (packed.length > 0) run(this.db, insert, id, JSON.stringify(packed))
    if (written.size === state.history.length) return
    const stays = new Set(state.history.map((p) => p.epoch))
    const gone = [...written].filter((epoch) => !stays.has(epoch))
    const remove = 'delete from points where run = ? and epoch in (select value from json_each(?))'
    run(this.db, remove, id, JSON.stringify(gone))
    for (const epoch of gone) {
      written.delete(epoch)
      seconds.delete(epoch)
    }
  }

  private pointsOf(id: string): KeptPoint[] {
    const sql = 'select epoch, body from points where run = ?'
    return all<{ epoch: number; body: ArrayBuffer }>(this.db, sql, id).map(({ epoch, body }) =>
      unpackPoint(epoch, body)
    )
  }
}

/** A point as JSON, which has no NaN: a number that is none is left out. */
function finite(point: EpochPoint): string {
  return JSON.stringify(point, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? undefined : value
  )
}

// No letters that are easily taken for others.
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

/** A new name for something that is kept: eight letters and digits. */
export const newId = (): string => [...randomBytes(8)].map((byte) => LETTERS[byte & 31]!).join('')
