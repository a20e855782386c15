import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openSqlite, sqliteCode, type Sqlite } from './sqlite'

const fileOf = (folder: string, id: string): string => join(folder, 'writers', `${id}.lock`)

/**
 * A process that trains. It holds a lock that the system lets go of when the process ends, however it ends: a number
 * of a process may be another's by then.
 */
export class Writer {
  readonly id = randomBytes(6).toString('hex')
  private readonly lock: Sqlite

  constructor(private readonly folder: string) {
    mkdirSync(join(folder, 'writers'), { recursive: true })
    this.lock = openSqlite(fileOf(folder, this.id))
    this.lock.exec('begin exclusive')
  }

  end(): void {
    this.lock.exec('rollback')
    this.lock.close()
    remove(fileOf(this.folder, this.id))
  }
}

const remove = (path: string): void => {
  for (const ending of ['', '-journal']) rmSync(path + ending, { force: true })
}

/** Is the process of this writer still there? Tidies up after one that is not. */
export function isAlive(folder: string, id: string): boolean {
  const path = fileOf(folder, id)
  if (!existsSync(path)) return false
  const lock = openSqlite(path)
  try {
    lock.pragma('busy_timeout = 0')
    lock.exec('begin exclusive')
  } catch (error) {
    if (sqliteCode(error) === 'SQLITE_BUSY') return true
    throw error
  } finally {
    lock.close()
  }
  remove(path)
  return false
}
