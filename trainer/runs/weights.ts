import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { WeightsKind } from '@core/runs/kept'
import { hashOf } from './snapshots'
import { all, one, run, together, type Sqlite } from './sqlite'

/** Bytes that kept weights take at most, unless a person says otherwise. */
export const BUDGET = 2e9
/** A file that no run has named after so long, in ms, was left behind by a process that died. */
const LEFT_BEHIND = 3600_000

const folderOf = (folder: string): string => join(folder, 'weights')
const fileOf = (folder: string, hash: string): string => join(folderOf(folder), hash)

/** Keeps a state of a run, in the place of the one of the same kind; the same bytes are kept once. */
export async function keepWeights(
  db: Sqlite,
  folder: string,
  state: {
    readonly run: string
    readonly kind: WeightsKind
    readonly epoch: number
    readonly bytes: Uint8Array
  }
): Promise<void> {
  const { bytes, kind, epoch } = state
  const hash = hashOf(bytes)
  if (!existsSync(fileOf(folder, hash))) await writeFile(folder, hash, bytes)
  const before = one<{ hash: string }>(
    db,
    'select hash from weights where run = ? and kind = ?',
    state.run,
    kind
  )
  run(db, 'insert or replace into weights values (?, ?, ?, ?, ?)', state.run, kind, epoch, hash, bytes.length)
  if (before) removeUnnamed(db, folder, [before.hash])
}

async function writeFile(folder: string, hash: string, bytes: Uint8Array): Promise<void> {
  mkdirSync(folderOf(folder), { recursive: true })
  const temporary = `${fileOf(folder, hash)}.${randomBytes(4).toString('hex')}.part`
  try {
    const file = await open(temporary, 'wx')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, fileOf(folder, hash))
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** The bytes of a kept state; undefined where it is not kept, or is not what was kept any more. */
export function readWeights(
  db: Sqlite,
  folder: string,
  id: string,
  kind: WeightsKind
): Uint8Array | undefined {
  const row = one<{ hash: string }>(db, 'select hash from weights where run = ? and kind = ?', id, kind)
  if (!row || !existsSync(fileOf(folder, row.hash))) return undefined
  const bytes = readFileSync(fileOf(folder, row.hash))
  return hashOf(bytes) === row.hash ? bytes : undefined
}

/** Bytes of all kept weights. */
export function weightsBytes(db: Sqlite): number {
  const sql = 'select coalesce(sum(bytes), 0) as bytes from (select distinct hash, bytes from weights)'
  return one<{ bytes: number }>(db, sql)!.bytes
}

/** Bytes that kept weights may take. */
export function budgetOf(db: Sqlite): number {
  return Number(one<{ value: string }>(db, "select value from facts where name = 'budget'")?.value ?? BUDGET)
}

export function setBudget(db: Sqlite, bytes: number): void {
  run(db, "insert or replace into facts values ('budget', ?)", String(bytes))
}

/**
 * Lets weights go until the rest is within the budget: those of deleted runs first, then of the oldest runs. Never those
 * of a starred run, of one that is being trained, or of the newest. The runs stay, with their curves, and say so.
 */
export function keepBudget(db: Sqlite, folder: string): void {
  if (weightsBytes(db) <= budgetOf(db)) return
  const candidates = all<{ id: string }>(
    db,
    `select id from runs where exists (select 1 from weights where run = id)
       and (removed is not null or (starred = 0 and status <> 'running'
         and id <> (select id from runs where removed is null order by started desc limit 1)))
     order by removed is null, started`
  )
  for (const { id } of candidates) {
    if (weightsBytes(db) <= budgetOf(db)) return
    const hashes = hashesOf(db, id)
    together(db, () => {
      run(db, 'delete from weights where run = ?', id)
      run(db, 'update runs set weights_gone = 1 where id = ?', id)
    })
    removeUnnamed(db, folder, hashes)
  }
}

/** The names of the files of a run's weights. */
export function hashesOf(db: Sqlite, id: string): string[] {
  return all<{ hash: string }>(db, 'select hash from weights where run = ?', id).map(({ hash }) => hash)
}

/** Removes the files of these names that no run names any more. */
export function removeUnnamed(db: Sqlite, folder: string, hashes: readonly string[]): void {
  for (const hash of hashes)
    if (!one(db, 'select 1 from weights where hash = ?', hash)) rmSync(fileOf(folder, hash), { force: true })
}

/** Removes what processes have left behind that died while they wrote. */
export function removeLeftBehind(db: Sqlite, folder: string, now = Date.now()): void {
  const place = folderOf(folder)
  if (!existsSync(place)) return
  const old = readdirSync(place).filter((name) => {
    const found = statSync(join(place, name), { throwIfNoEntry: false })
    return found !== undefined && now - found.mtimeMs > LEFT_BEHIND
  })
  for (const name of old) {
    if (name.endsWith('.part')) rmSync(join(place, name), { force: true })
    else removeUnnamed(db, folder, [name])
  }
}
