import { fail, ok, type Result } from '@core/result'
import { decodeCheckpoint, type NamedTensor } from '@core/run/checkpoint'
import type { EpochPoint } from '@core/run/events'
import { MAX_POINTS } from '@core/run/state'
import type { KeptPoint, Repeat, RunDetails } from '@core/runs/kept'
import { pinned, whyNotRepeated } from '@core/runs/repeat'
import { Session } from '../session'
import type { RunLibrary } from './library'

/** What a rerun is told of, and how it can be stopped. */
export interface RerunOptions {
  readonly onEpoch: (epoch: number, epochs: number) => void
  readonly signal?: AbortSignal
}

/**
 * Trains a kept run again from its snapshot, with the engine and threads it had, and compares every number of every
 * kept epoch and the last weights, bit for bit. TensorFlow has to be set up as it was before: see `Machine`. The
 * outcome is kept with the run.
 */
export async function rerun(
  library: RunLibrary,
  details: RunDetails,
  { onEpoch, signal }: RerunOptions
): Promise<Result<Repeat>> {
  const why = whyNotRepeated(details)
  if (why !== undefined) return fail({ code: 'not-repeatable', message: why })
  const { run, ended } = details
  const points = new Map(library.points(run.id).map(({ point }) => [point.epoch, point]))
  const compared = new Comparison(points)
  let failure: string | undefined
  const document = pinned(details)
  // Schedules go by the epochs that were measured: all of them, unless the command line was to skip some.
  const all = points.size >= Math.min(run.epoch, MAX_POINTS / 2)
  const session = new Session(
    {
      event: (event) => {
        if (event.type === 'failed') failure = event.message
        if (event.type !== 'epoch') return
        compared.add(event.point)
        onEpoch(event.point.epoch, run.epoch)
      }
    },
    {
      paced: false,
      maxSteps: run.epoch * run.stepsPerEpoch,
      measureTraining: [...points.values()].some((p) => p.trainLoss !== undefined),
      ...(all ? {} : { observe: (epoch: number) => points.has(epoch) })
    }
  )
  const stop = (): void => session.receive({ type: 'stop' })
  signal?.addEventListener('abort', stop)
  try {
    const begun = await session.start({ document, files: ended.files, from: 'scratch', until: 'end' })
    if (!begun.ok) return begun
    await session.idle()
    if (signal?.aborted) return fail({ code: 'stopped', message: 'It was stopped.' })
    if (failure !== undefined) return fail({ code: 'failed', message: failure })
    const repeat = compared.result(
      run.ending === 'diverged' ||
        sameWeights(library, run.id, run.epoch, session.ready!.checkpoint().tensors)
    )
    library.repeated(run.id, repeat)
    return ok(repeat)
  } finally {
    signal?.removeEventListener('abort', stop)
    await session.dispose()
  }
}

/** True where the run's last weights are not kept: then its numbers alone tell. */
function sameWeights(library: RunLibrary, id: string, epoch: number, now: readonly NamedTensor[]): boolean {
  const bytes = library.weights(id, 'last')
  const kept = bytes && decodeCheckpoint(bytes)
  if (!kept?.ok || kept.value.epoch !== epoch) return true
  const given = new Map(now.map(({ name, values }) => [name, values]))
  return kept.value.tensors.every(({ name, values }) => {
    const other = given.get(name)
    return other?.length === values.length && values.every((value, i) => Object.is(value, other[i]))
  })
}

/** What is compared, the same whatever the order of the names. The time that it took is another each time. */
const numbersOf = ({ ms: _, ...numbers }: EpochPoint): string =>
  JSON.stringify(Object.entries(numbers).sort(([a], [b]) => (a < b ? -1 : 1)))

class Comparison {
  private readonly missing: Set<number>
  private differsFrom: number | undefined
  private largest = 0

  constructor(private readonly points: ReadonlyMap<number, KeptPoint['point']>) {
    this.missing = new Set(points.keys())
  }

  add(point: EpochPoint): void {
    const kept = this.points.get(point.epoch)
    if (!kept) return
    this.missing.delete(point.epoch)
    if (numbersOf(kept) === numbersOf(point)) return
    this.differsFrom ??= point.epoch
    for (const name of ['loss', 'trainLoss', 'valLoss'] as const)
      this.largest = Math.max(this.largest, Math.abs((kept[name] ?? 0) - (point[name] ?? 0)))
  }

  result(weights: boolean): Repeat {
    const [missing] = this.missing
    const last = Math.max(...this.points.keys())
    const differsFrom = this.differsFrom ?? missing ?? (weights ? undefined : last)
    return {
      at: Date.now(),
      epochs: last,
      same: differsFrom === undefined,
      ...(differsFrom === undefined ? {} : { differsFrom, largest: this.largest })
    }
  }
}
