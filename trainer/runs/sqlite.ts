import type Libsql from 'libsql'
import { createRequire } from 'node:module'
import { findUp } from '../findUp'

/** An open database. */
export type Sqlite = Libsql.Database

let loaded: typeof Libsql | undefined

/** The library with its native part: beside app.asar in the packaged app, in node_modules in a checkout. */
function library(): typeof Libsql {
  const place = 'node_modules/libsql/package.json'
  const found = findUp(`native-database/${place}`, place)
  if (found === undefined) throw new Error('the part that keeps runs is missing: install Netloom again')
  loaded ??= createRequire(found)('./index.js') as typeof Libsql
  return loaded
}

/** How long to wait for another process that writes, in ms. */
const PATIENCE = 5000

/** Opens a database, or makes it. Throws what `problemOf` can tell apart. */
export function openSqlite(path: string): Sqlite {
  const database = new (library())(path)
  database.pragma(`busy_timeout = ${PATIENCE}`)
  return database
}

/** One row, or undefined; a list of arguments, because a single null would be taken for no argument. */
export function one<T>(db: Sqlite, sql: string, ...args: readonly unknown[]): T | undefined {
  return db.prepare(sql).get([...args]) as T | undefined
}

export function all<T>(db: Sqlite, sql: string, ...args: readonly unknown[]): T[] {
  return db.prepare(sql).all([...args]) as T[]
}

/** Runs a statement; how many rows it changed. */
export function run(db: Sqlite, sql: string, ...args: readonly unknown[]): number {
  return db.prepare(sql).run([...args]).changes
}

/** Everything or nothing. Takes the right to write at once, so that what is read in it stays true until its end. */
export function together<T>(db: Sqlite, work: () => T): T {
  db.exec('begin immediate')
  try {
    const value = work()
    db.exec('commit')
    return value
  } catch (error) {
    db.exec('rollback')
    throw error
  }
}

/** The code of an error of the database: "SQLITE_BUSY". */
export function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** The file is no database, or one that is damaged. */
export function isDamaged(error: unknown): boolean {
  return /^SQLITE_(NOTADB|CORRUPT)/.test(sqliteCode(error))
}
