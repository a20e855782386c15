import { addBatches, cutBatches, noBatches, type BatchLosses } from './batchLosses'
import type { Carried } from './carry'
import type { EngineInfo, EpochPoint, RunEnding, RunEvent } from './events'

/** What became of layers, by node id. */
export type CarriedLayers = { readonly [nodeId: string]: Carried }

/** One run as far as its events tell it. */
export interface RunState {
  readonly status: 'idle' | 'running' | 'paused' | 'ended' | 'failed'
  readonly runId: string | undefined
  readonly engine: EngineInfo | undefined
  readonly epoch: number
  readonly step: number
  readonly epochs: number
  readonly stepsPerEpoch: number
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number }
  /** Points of the curves, thinned where there are many; the newest is always there. */
  readonly history: readonly EpochPoint[]
  /** The loss of each update, where an epoch has several. */
  readonly batches: BatchLosses
  /** The epoch that did best on validation (on training data where there is no validation part). */
  readonly best: EpochPoint | undefined
  readonly ending: RunEnding | undefined
  readonly failure: string | undefined
  /** Where it diverged. */
  readonly blame: string | undefined
  /** What became of each layer's weights when the network last changed, and after which epoch; undefined before that. */
  readonly carried: { readonly epoch: number; readonly layers: CarriedLayers } | undefined
  /** Epochs at which a setting was changed while training. */
  readonly changes: readonly { readonly epoch: number; readonly path: string; readonly value: unknown }[]
  /** Updates a second over the last second or so; at the end over the whole run. */
  readonly stepsPerSecond: number
  /** Seconds of computing since it began or last went on; its time limit counts them. */
  readonly seconds: number
  /** Epochs that were trained in that time, and the seconds at the end of the last of them. */
  readonly timed: { readonly epochs: number; readonly seconds: number }
}

/** The curves keep about this many points, evenly spaced in epochs: more than a screen can show. */
export const MAX_POINTS = 4000

/** Before the first event. */
export const idleRun: RunState = {
  status: 'idle',
  runId: undefined,
  engine: undefined,
  epoch: 0,
  step: 0,
  epochs: 0,
  stepsPerEpoch: 1,
  rows: { train: 0, validation: 0, test: 0 },
  history: [],
  batches: noBatches(),
  best: undefined,
  ending: undefined,
  failure: undefined,
  blame: undefined,
  carried: undefined,
  changes: [],
  stepsPerSecond: 0,
  seconds: 0,
  timed: { epochs: 0, seconds: 0 }
}

/** The path under which `changes` tells that training went on with other data. */
export const DATA_CHANGE = 'data'

/** The epoch after which training saw the data that it sees now; what came before was measured on other data. */
export function dataSince({ changes }: Pick<RunState, 'changes'>): number {
  return changes.findLast((c) => c.path === DATA_CHANGE)?.epoch ?? 0
}

/** The run after these events. The curves are copied at most once, however many events there are. */
export function reduceRun(run: RunState, events: readonly RunEvent[]): RunState {
  const growing: Growing = { owned: undefined }
  return events.reduce((state, event) => reduceOne(state, event, growing), run)
}

/** The curves that the present call has made, and to which it may therefore add. */
interface Growing {
  owned: EpochPoint[] | undefined
}

function reduceOne(run: RunState, event: RunEvent, growing: Growing): RunState {
  switch (event.type) {
    case 'started': {
      const history = run.history.filter((p) => p.epoch <= event.from)
      const changes = event.from === 0 ? [] : run.changes.filter((c) => c.epoch <= event.from)
      return {
        ...idleRun,
        status: 'running',
        runId: event.runId,
        engine: event.engine,
        epoch: event.from,
        step: event.from * event.stepsPerEpoch,
        epochs: event.epochs,
        stepsPerEpoch: event.stepsPerEpoch,
        rows: event.rows,
        history,
        batches:
          event.stepsPerEpoch === run.stepsPerEpoch
            ? cutBatches(run.batches, event.from * event.stepsPerEpoch)
            : noBatches(event.from * event.stepsPerEpoch),
        best: bestOf(history, dataSince({ changes })),
        carried: event.from === 0 ? undefined : run.carried,
        changes
      }
    }
    case 'epoch': {
      const { point, seconds } = event
      const goesOn = point.epoch > run.epoch || run.history.length === 0
      const before = goesOn ? run.history : run.history.filter((p) => p.epoch < point.epoch)
      const past = goesOn ? run.best : bestOf(before, dataSince(run))
      const best = better(point, past) ? point : past
      const history = withPoint(before, point, best, growing)
      return {
        ...run,
        epoch: point.epoch,
        step: point.step,
        history,
        best,
        stepsPerSecond: speed(history, run.stepsPerSecond, run.stepsPerEpoch),
        seconds,
        timed: { epochs: run.timed.epochs + Math.max(0, point.epoch - run.epoch), seconds }
      }
    }
    case 'batch':
      return {
        ...run,
        step: event.step,
        batches: addBatches(run.batches, event.step, event.losses),
        seconds: event.seconds,
        ...firstSpeed(run, event)
      }
    case 'paused':
      return { ...run, status: 'paused' }
    case 'resumed':
      return { ...run, status: 'running' }
    case 'changed':
      return {
        ...run,
        best: event.path === DATA_CHANGE ? undefined : run.best,
        changes: [...run.changes, { epoch: event.epoch, path: event.path, value: event.value }]
      }
    case 'carried':
      return { ...run, carried: { epoch: run.epoch, layers: event.layers } }
    case 'restored': {
      // The weights of an earlier epoch meet the data of now.
      const since = Math.min(dataSince(run), event.epoch)
      const changes = run.changes.filter((c) => c.epoch <= event.epoch)
      return {
        ...run,
        status: run.status === 'idle' ? 'ended' : run.status,
        runId: event.runId ?? run.runId,
        epoch: event.epoch,
        step: event.epoch * run.stepsPerEpoch,
        history: event.history,
        batches: cutBatches(run.batches, event.epoch * run.stepsPerEpoch),
        best: bestOf(event.history, since),
        changes:
          since > 0 && dataSince({ changes }) < since
            ? [...changes, { epoch: since, path: DATA_CHANGE, value: null }]
            : changes
      }
    }
    case 'ended':
      return {
        ...run,
        status: 'ended',
        ending: event.how,
        blame: event.nodeId,
        epoch: event.epoch,
        seconds: event.seconds,
        stepsPerSecond: event.stepsPerSecond
      }
    case 'failed':
      return { ...run, status: 'failed', failure: event.message }
  }
}

/** The number by which epochs are compared: validation loss, or training loss where nothing is held back. */
export function judged(point: EpochPoint): number {
  return point.valLoss ?? point.trainLoss ?? point.loss
}

/** Not-a-number, as a training that diverges gives, is never better. */
function better(point: EpochPoint, best: EpochPoint | undefined): boolean {
  return !Number.isNaN(judged(point)) && (!best || judged(point) < judged(best))
}

/** The best epoch after `since`. */
function bestOf(history: readonly EpochPoint[], since: number): EpochPoint | undefined {
  return history.reduce<EpochPoint | undefined>(
    (best, p) => (p.epoch > since && better(p, best) ? p : best),
    undefined
  )
}

/** Epochs that share one point of the curves: a power of two, so that coarser grids lie on finer ones. */
function strideAt(epoch: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(epoch / MAX_POINTS)))
}

/**
 * The curves with a new point at their end. Where an epoch is too fine to draw, every stretch of `strideAt` epochs
 * keeps its first point, so that the start of a long training stays as finely drawn as its end; the best and the
 * newest are always there.
 */
function withPoint(
  before: readonly EpochPoint[],
  point: EpochPoint,
  best: EpochPoint | undefined,
  growing: Growing
): readonly EpochPoint[] {
  const last = before.at(-1)
  const stride = strideAt(point.epoch)
  const stretch = (p: EpochPoint): number => Math.floor((p.epoch - 1) / stride)
  const stays = (p: EpochPoint, previous: EpochPoint | undefined): boolean =>
    p === best || previous === undefined || stretch(p) !== stretch(previous)
  const coarser = last !== undefined && stride > 1 && strideAt(last.epoch) !== stride
  const history = coarser
    ? before.filter((p, i) => stays(p, before[i - 1]))
    : growing.owned === before
      ? growing.owned
      : [...before]
  if (!coarser && stride > 1 && last && !stays(last, before.at(-2))) history.pop()
  history.push(point)
  growing.owned = history
  return history
}

/** The first epoch may be long: its steps tell the speed before it is over. */
function firstSpeed(
  { timed, epoch, stepsPerEpoch }: RunState,
  { step, seconds }: { readonly step: number; readonly seconds: number }
): Partial<RunState> {
  if (timed.epochs > 0 || seconds === 0) return {}
  return { stepsPerSecond: Math.max(0, step - epoch * stepsPerEpoch) / seconds }
}

/** Pace spaces epochs in time, so speed is taken from the time the updates took. */
function speed(history: readonly EpochPoint[], before: number, stepsPerEpoch: number): number {
  const recent = history.slice(-20)
  const ms = recent.reduce((sum, p) => sum + p.ms, 0)
  return ms > 0 ? (1000 * recent.length * stepsPerEpoch) / ms : before
}
