import type { PartName } from '@core/data/dataset'
import type { FromTrainer } from '@core/ipc'
import type { Speed } from '@core/run/forecast'
import { schemes } from '@core/registry'
import { breathe, sleep } from './alarm'
import { Batches } from './batches'
import type { Model } from './model'

/** Something is timed for this long, and at least in so many slices. */
const ENOUGH_MS = 150
const LEAST_SLICES = 3
/** What takes less shares a slice, so that the clock, and putting the state back, do not count for more than it. */
const SLICE_MS = 20
const SLICE_TIMES = 512

/** How to measure. */
export interface SpeedOptions {
  /** Is the training part measured after each epoch, too? */
  readonly measureTraining: boolean
  /** Asked before each slice: does anyone still want to know? */
  readonly goOn: () => boolean
  /** Milliseconds. */
  readonly now?: () => number
}

/**
 * Finds out how fast a network trains, by training it for a moment. Everybody else gets a turn between the slices of
 * this, and finds the network as it was: each slice puts back what it has learned, bit for bit. Undefined where it was
 * given up.
 */
export async function measureSpeed(
  { document, dataset, network, position }: Pick<Model, 'document' | 'dataset' | 'network' | 'position'>,
  { measureTraining, goOn, now = () => performance.now() }: SpeedOptions
): Promise<Speed | undefined> {
  const batches = new Batches(document, dataset)
  // Phases take different times: they are timed together.
  const cycle = schemes[document.training.scheme.type]!.phases.length
  let step = position.step
  const update = (times: number): number => {
    const steps = Array.from({ length: cycle * times }, () => step++)
    const state = network.readState()
    const start = now()
    try {
      network.train({
        first: steps[0]!,
        ...batches.of(steps[0]!, steps.length, document.data),
        factors: steps.map(() => 1),
        measured: true
      })
      return now() - start
    } finally {
      network.writeState(state)
    }
  }
  const { evaluateRows } = network
  const score =
    (part: PartName) =>
    (times: number): number => {
      const start = now()
      for (let i = 0; i < times; i++) network.evaluate(part, evaluateRows)
      return now() - start
    }

  const updateMs = await timeEach(update, goOn)
  if (updateMs === undefined) return undefined
  let measuring = 0
  for (const part of measureTraining ? (['train', 'validation'] as const) : (['validation'] as const)) {
    const { length } = dataset.parts[part]
    if (!network.evaluates || length === 0) continue
    const passMs = await timeEach(score(part), goOn)
    if (passMs === undefined) return undefined
    measuring += passMs * Math.ceil(length / evaluateRows)
  }
  const stepsPerEpoch = batches.perEpoch
  return { updating: (updateMs / cycle) * stepsPerEpoch, measuring, stepsPerEpoch }
}

/**
 * Milliseconds that something takes, given how long it took so many times in a row. The first time does not count:
 * engines get ready in it. Undefined where it was given up.
 */
async function timeEach(slice: (times: number) => number, goOn: () => boolean): Promise<number | undefined> {
  await breathe()
  if (!goOn()) return undefined
  slice(1)
  const each: number[] = []
  for (let spent = 0; spent < ENOUGH_MS || each.length < LEAST_SLICES;) {
    await breathe()
    if (!goOn()) return undefined
    const fitting = each.length > 0 ? Math.floor(Math.min(SLICE_TIMES, SLICE_MS / median(each))) : 1
    const times = Math.max(1, fitting)
    const ms = slice(times)
    spent += ms
    each.push(ms / times)
  }
  return median(each)
}

/** The middle one: a slice in which the computer was busy with something else does not count. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}

/** What the window is told. */
export type SpeedMessage = Extract<FromTrainer, { type: 'speed' }>

/** The picture of the untrained network comes first, in ms. */
const REST_MS = 100

/** Measures the network that is ready, until something else is wanted. */
export class Timekeeper {
  private turn = 0

  /** `tell` is not called where the measurement is dropped. */
  async measure(model: Model, measureTraining: boolean, tell: (speed: SpeedMessage) => void): Promise<void> {
    const own = ++this.turn
    const goOn = (): boolean => this.turn === own
    await sleep(REST_MS)
    try {
      const speed = await measureSpeed(model, { measureTraining, goOn })
      if (speed && goOn()) tell({ type: 'speed', structure: model.structure, ...speed })
    } catch (error) {
      // Nobody has asked for this. Where training cannot work either, it says so when it is asked for.
      console.error(error)
    }
  }

  /** Gives up at the next slice. */
  drop(): void {
    this.turn++
  }
}
