import { statSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result } from '@core/result'
import { readingOf } from '@core/run/reading'
import { searchWords } from '@core/runs/about'
import {
  machineSchema,
  settingChangeSchema,
  type KeptPoint,
  type KeptRun,
  type Repeat,
  type RunChange,
  type RunDetails,
  type RunList,
  type RunQuery,
  type RunSpace,
  type WeightsKind
} from '@core/runs/kept'
import { closeStore, openStore, setAside } from './open'
import { unpackPoint } from './points'
import { SweepStore } from '../sweep/sweeps'
import { COLUMNS, keptRun, searchText, type RunRow } from './rows'
import { readSnapshot } from './snapshots'
import { all, one, run, together, type Sqlite } from './sqlite'
import {
  budgetOf,
  hashesOf,
  keepBudget,
  readWeights,
  removeLeftBehind,
  removeUnnamed,
  setBudget,
  weightsBytes
} from './weights'
import { isAlive } from './writers'

/** How long a deleted run can be brought back, in ms. */
export const REMOVED_FOR = 7 * 24 * 3600_000

const ORDER: { readonly [S in RunQuery['sort']]: string } = {
  started: 'started',
  name: "coalesce(nullif(name, ''), project) collate nocase",
  loss: 'loss',
  accuracy: 'accuracy',
  epoch: 'epoch',
  seconds: 'seconds',
  parameters: 'parameters'
}
const GROUPS = {
  none: undefined,
  project: 'project collate nocase',
  data: 'data collate nocase, data_key'
} as const

/** The kept runs, to be looked through and put in order. Everything but the training of a run. */
export class RunLibrary {
  private constructor(
    private readonly db: Sqlite,
    private readonly folder: string
  ) {}

  /** Opens the store; throws where it cannot be opened. */
  static open(folder: string, options: { thorough?: boolean } = {}): RunLibrary {
    return new RunLibrary(openStore(folder, options), folder)
  }

  close(): void {
    closeStore(this.db)
  }

  /** The sweeps that are kept beside the runs. */
  get sweeps(): SweepStore {
    return new SweepStore(this.db, this.folder)
  }

  /** What has to be done now and then: runs whose process is gone, deleted ones, the budget. */
  tidy(now = Date.now()): void {
    this.breakOff(now)
    this.purge(now - REMOVED_FOR)
    keepBudget(this.db, this.folder)
    removeLeftBehind(this.db, this.folder, now)
  }

  list(query: RunQuery): RunList {
    const { db } = this
    const { search, sort, descending, groupBy, starred, status, tag, group, offset, limit } = query
    const words = searchWords(search)
    const conditions = [
      'removed is null',
      ...words.map(() => 'instr(search, ?) > 0'),
      ...(starred === undefined ? [] : ['starred = ?']),
      ...(status === undefined ? [] : ['status = ?']),
      ...(tag === undefined ? [] : ['exists (select 1 from json_each(tags) where value = ?)']),
      ...(group === undefined ? [] : ['series = ?'])
    ]
    const given = [...words, starred === undefined ? undefined : starred ? 1 : 0, status, tag, group].filter(
      (value) => value !== undefined
    )
    const where = conditions.join(' and ')
    const by = ORDER[sort]
    const order = [
      ...(groupBy === 'none' ? [] : [GROUPS[groupBy]]),
      `(${by}) is null`,
      `${by} ${descending ? 'desc' : 'asc'}`,
      'started desc',
      'id'
    ].join(', ')
    const count = (condition: string, args: readonly unknown[]): number =>
      one<{ n: number }>(db, `select count(*) as n from runs where ${condition}`, ...args)!.n
    const sql = `select ${COLUMNS} from runs where ${where} order by ${order} limit ? offset ?`
    return {
      all: count('removed is null', []),
      found: count(where, given),
      runs: all<RunRow>(db, sql, ...given, limit, offset).map(keptRun)
    }
  }

  /** The run of this id, deleted ones too; undefined where there is none. */
  find(id: string): KeptRun | undefined {
    const row = one<RunRow>(this.db, `select ${COLUMNS} from runs where id = ?`, id)
    return row && keptRun(row)
  }

  /** Ids that begin like this. */
  matching(start: string): string[] {
    const sql =
      'select id from runs where substr(id, 1, length(?)) = ? and removed is null order by started desc'
    return all<{ id: string }>(this.db, sql, start, start).map(({ id }) => id)
  }

  details(id: string): Result<RunDetails> | undefined {
    const row = one<RunRow & { begun_as: string; ended_as: string; changes: string; machine: string }>(
      this.db,
      `select ${COLUMNS}, begun_as, ended_as, changes, machine from runs where id = ?`,
      id
    )
    if (!row) return undefined
    const begun = readSnapshot(this.db, row.begun_as)
    if (!begun.ok) return begun
    const ended = row.ended_as === row.begun_as ? begun : readSnapshot(this.db, row.ended_as)
    if (!ended.ok) return ended
    return ok({
      run: keptRun(row),
      begun: begun.value,
      ended: ended.value,
      changes: settingChangeSchema.array().parse(JSON.parse(row.changes)),
      machine: machineSchema.parse(JSON.parse(row.machine))
    })
  }

  /** The curve of a run: all points, or about so many, with the first, the best and the last. */
  points(id: string, most = Infinity): KeptPoint[] {
    const sql = 'select epoch, body from points where run = ? order by epoch'
    const points = all<{ epoch: number; body: ArrayBuffer }>(this.db, sql, id)
    const stride = Math.max(1, Math.ceil(points.length / most))
    const best = this.find(id)?.best?.epoch
    return points
      .filter(({ epoch }, i) => i % stride === 0 || i === points.length - 1 || epoch === best)
      .map(({ epoch, body }) => unpackPoint(epoch, body))
  }

  weights(id: string, kind: WeightsKind): Uint8Array | undefined {
    return readWeights(this.db, this.folder, id, kind)
  }

  change(ids: readonly string[], change: RunChange): void {
    together(this.db, () => {
      for (const id of ids) {
        const row = one<{
          project: string
          name: string
          note: string
          tags: string
          facts: string
          starred: number
        }>(this.db, 'select project, name, note, tags, facts, starred from runs where id = ?', id)
        if (!row) continue
        const next = {
          name: change.name ?? row.name,
          note: change.note ?? row.note,
          tags: change.tags ? [...new Set(change.tags)] : (JSON.parse(row.tags) as string[])
        }
        const starred = change.starred === undefined ? row.starred : change.starred ? 1 : 0
        run(
          this.db,
          'update runs set name = ?, note = ?, tags = ?, starred = ?, search = ? where id = ?',
          ...[next.name, next.note, JSON.stringify(next.tags), starred],
          ...[searchText({ ...row, ...next, id }), id]
        )
      }
    })
  }

  /** What a rerun of it came to. */
  repeated(id: string, repeat: Repeat): void {
    run(this.db, 'update runs set repeat = ? where id = ?', JSON.stringify(repeat), id)
  }

  /** Deletes runs that are not being trained; they can be brought back for a week. Those that it deleted. */
  remove(ids: readonly string[], now = Date.now()): string[] {
    return ids.filter(
      (id) =>
        run(
          this.db,
          "update runs set removed = ? where id = ? and removed is null and status <> 'running'",
          now,
          id
        ) > 0
    )
  }

  /** Brings deleted runs back. */
  restore(ids: readonly string[]): void {
    for (const id of ids) run(this.db, 'update runs set removed = null where id = ?', id)
  }

  /** Tags that runs have, the commonest first. */
  tags(): string[] {
    const sql = `select value as tag from runs, json_each(tags) where removed is null
      group by value order by count(*) desc, value limit 100`
    return all<{ tag: string }>(this.db, sql).map(({ tag }) => tag)
  }

  space(): RunSpace {
    const told = one<{ value: string }>(this.db, "select value from facts where name = 'setAside'")?.value
    const size = (name: string): number =>
      statSync(join(this.folder, name), { throwIfNoEntry: false })?.size ?? 0
    return {
      runs: one<{ n: number }>(this.db, 'select count(*) as n from runs where removed is null')!.n,
      weights: weightsBytes(this.db),
      budget: budgetOf(this.db),
      database: size('runs.db') + size('runs.db-wal'),
      setAside: setAside(this.folder).filter((name) => told === undefined || name > told)
    }
  }

  setBudget(bytes: number): void {
    setBudget(this.db, bytes)
    keepBudget(this.db, this.folder)
  }

  /** The person has read of the stores that were set aside. */
  noticed(): void {
    const last = setAside(this.folder).at(-1)
    if (last !== undefined) run(this.db, "insert or replace into facts values ('setAside', ?)", last)
  }

  /** Runs that say they are being trained while their process is gone are broken off. */
  private breakOff(now: number): void {
    const sql = "select id, writer, epochs, commonest, changes from runs where status = 'running'"
    const alive = new Map<string, boolean>()
    for (const row of all<RunRow & { writer: string }>(this.db, sql)) {
      if (!alive.has(row.writer)) alive.set(row.writer, isAlive(this.folder, row.writer))
      if (alive.get(row.writer)) continue
      const { rows, epochs, epoch } = this.find(row.id)!
      const history = this.points(row.id).map(({ point }) => point)
      const changes = settingChangeSchema.array().parse(JSON.parse(String(row['changes'])))
      const read = {
        history,
        rows,
        epochs,
        epoch,
        ending: undefined,
        changes
      }
      const reading = readingOf(read, (row['commonest'] as number | null) ?? undefined)
      run(
        this.db,
        "update runs set status = 'brokenOff', ended = ?, reading = ? where id = ? and status = 'running'",
        ...[now, JSON.stringify(reading), row.id]
      )
    }
  }

  /** Deletes for good what was deleted before this time. */
  private purge(before: number): void {
    const gone = all<{ id: string }>(this.db, 'select id from runs where removed < ?', before)
    for (const { id } of gone) {
      const hashes = hashesOf(this.db, id)
      run(this.db, 'delete from runs where id = ?', id)
      removeUnnamed(this.db, this.folder, hashes)
    }
    if (gone.length > 0)
      run(
        this.db,
        `delete from snapshots where hash not in
           (select begun_as from runs union select ended_as from runs union select snapshot from sweeps)`
      )
  }
}
