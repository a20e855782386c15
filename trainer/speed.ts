import type { FromTrainer } from '@core/ipc'
import type { Speed } from '@core/run/forecast'
import { breathe } from './alarm'
import { Batches } from './batches'
import type { Model } from './model'

/** Updates are timed for this long, and at least so many of them. */
const ENOUGH_MS = 150
const LEAST_UPDATES = 2
/** Updates that take less share a slice, so that putting the state back does not take longer than they do. */
const SLICE_MS = 20
const SLICE_UPDATES = 512

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
 * given up. The first update and the first scoring are not timed: engines get ready in them.
 */
export async function measureSpeed(
  { document, dataset, network, position }: Pick<Model, 'document' | 'dataset' | 'network' | 'position'>,
  { measureTraining, goOn, now = () => performance.now() }: SpeedOptions
): Promise<Speed | undefined> {
  const batches = new Batches(document, dataset)
  let step = position.step
  let ms = 0
  let updates = 0
  const update = (count: number): number => {
    const steps = Array.from({ length: count }, () => step++)
    const state = network.readState()
    const start = now()
    try {
      network.train({
        first: steps[0]!,
        batches: steps.map((at) => batches.at(at)),
        factors: steps.map(() => 1),
        measured: true
      })
    } finally {
      network.writeState(state)
    }
    return now() - start
  }

  await breathe()
  if (!goOn()) return undefined
  update(1)
  while (ms < ENOUGH_MS || updates < LEAST_UPDATES) {
    await breathe()
    if (!goOn()) return undefined
    const fitting = ms > 0 ? Math.floor((SLICE_MS * updates) / ms) : 1
    const count = Math.max(1, Math.min(SLICE_UPDATES, fitting))
    ms += update(count)
    updates += count
  }

  let measuring = 0
  const { evaluateRows } = network
  const parts = measureTraining ? (['train', 'validation'] as const) : (['validation'] as const)
  for (const part of parts) {
    const { length } = dataset.parts[part]
    if (!network.evaluates || length === 0) continue
    for (const isTimed of [false, true]) {
      await breathe()
      if (!goOn()) return undefined
      const start = now()
      network.evaluate(part, evaluateRows)
      if (isTimed) measuring += (now() - start) * Math.ceil(length / evaluateRows)
    }
  }
  return { updating: (ms / updates) * batches.perEpoch, measuring, stepsPerEpoch: batches.perEpoch }
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
    await new Promise((resolve) => setTimeout(resolve, REST_MS))
    try {
      const speed = await measureSpeed(model, { measureTraining, goOn })
      if (speed && goOn()) tell({ type: 'speed', structure: model.key, ...speed })
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
