import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const LOOK_MS = 300

/**
 * Does some work while no other process of this user does the same: the second one waits until the first is done.
 * Rejects with the signal's reason where it is aborted before its turn has come.
 */
export async function alone<T>(lock: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  await mkdir(dirname(lock), { recursive: true })
  while (!(await taken(lock))) await sleep(LOOK_MS, undefined, signal ? { signal } : {})
  try {
    return await work()
  } finally {
    await rm(lock, { force: true })
  }
}

/** Takes the lock; false where a process that is alive holds it. */
async function taken(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const holder = Number(await readFile(lock, 'utf8').catch(() => ''))
  // What a process left behind that died is nobody's. One that is being written right now is empty.
  if (holder > 0 && !isAlive(holder)) await rm(lock, { force: true })
  return false
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
