import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from './schema'
import { all, isDamaged, openSqlite, sqliteCode, type Sqlite } from './sqlite'

const FILE = 'runs.db'
const ASIDE = 'runs-damaged-'

/**
 * Opens the store in this folder, or makes one. A damaged one is set aside as it is, and a new one is begun;
 * `setAside` tells of it. `thorough` looks through the whole file, which takes a moment.
 */
export function openStore(folder: string, { thorough = false } = {}): Sqlite {
  mkdirSync(folder, { recursive: true })
  try {
    return open(folder, thorough)
  } catch (error) {
    if (!isDamaged(error)) throw error
    setStoreAside(folder)
    return open(folder, false)
  }
}

function open(folder: string, thorough: boolean): Sqlite {
  const db = openSqlite(join(folder, FILE))
  try {
    // A reader never waits for a writer; what is committed outlives the process, and the file stays whole without power.
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    migrate(db)
    if (thorough) check(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Closes the store; what waited beside the file is in it then, unless somebody else is at it. */
export function closeStore(db: Sqlite): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
  } catch (error) {
    if (sqliteCode(error) !== 'SQLITE_BUSY' && !isDamaged(error)) throw error
  } finally {
    db.close()
  }
}

function check(db: Sqlite): void {
  const [found] = all<{ quick_check: string }>(db, 'pragma quick_check(1)')
  if (found?.quick_check !== 'ok')
    throw Object.assign(new Error(`the store of runs is damaged: ${found?.quick_check ?? '?'}`), {
      code: 'SQLITE_CORRUPT'
    })
}

/** Moves the store out of the way, under a name that says since when. */
function setStoreAside(folder: string): void {
  const time = new Date().toISOString().replace(/[:.]/g, '-').slice(0, 19)
  const free = (n: number): string => {
    const name = `${ASIDE}${time}${n > 0 ? `-${n}` : ''}.db`
    return existsSync(join(folder, name)) ? free(n + 1) : name
  }
  const name = free(0)
  for (const ending of ['', '-wal', '-shm'])
    if (existsSync(join(folder, FILE + ending)))
      renameSync(join(folder, FILE + ending), join(folder, name + ending))
}

/** Names of stores that were set aside, oldest first. */
export function setAside(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(ASIDE) && name.endsWith('.db'))
    .sort()
}
