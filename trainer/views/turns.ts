import type { NamedTensor } from '@core/run/checkpoint'
import { breathe, sleep } from '../alarm'
import type { Model } from '../model'

/** What there is to look at. */
export interface Sight {
  readonly model: Model | undefined
  /** Does training compute, and not wait for anyone? */
  readonly running: boolean
}

/** The part of a running training's time that looks at it may take, and how long one may have to wait for that. */
const SHARE = 0.05
const LONGEST_WAIT_MS = 2000
/** A training that ends or pauses lets a waiting look through this soon. */
const PATIENCE_MS = 20

/** Shares the training thread between training and those who want to see something. */
export class Turns {
  private turn: Promise<void> = Promise.resolve()
  /** When the training thread may look again while training runs. */
  private next = 0

  constructor(private readonly sight: () => Sight) {}

  /** Work of the training thread: one piece at a time, a turn for training after each, and no more than its share. */
  async take<T>(work: () => T): Promise<Awaited<T>> {
    let result!: T
    this.turn = this.turn.then(async () => {
      while (this.sight().running && performance.now() < this.next) await sleep(PATIENCE_MS)
      const start = performance.now()
      result = work()
      const end = performance.now()
      this.next = end + Math.min(LONGEST_WAIT_MS, (end - start) * (1 / SHARE - 1))
      await breathe()
    })
    await this.turn
    return await result
  }

  /**
   * A pause for long work beside the turns: while training runs, so long that the work takes no more than its share; and a
   * turn for others in any case.
   */
  pauses(): () => Promise<void> {
    let since = performance.now()
    return async () => {
      const end = performance.now()
      const next = end + Math.min(LONGEST_WAIT_MS, (end - since) * (1 / SHARE - 1))
      await breathe()
      while (this.sight().running && performance.now() < next) await sleep(PATIENCE_MS)
      since = performance.now()
    }
  }

  /** A look at the network; undefined where there is none, and where it fails. */
  guarded<T>(look: (model: Model) => T): T | undefined {
    const { model } = this.sight()
    if (!model) return undefined
    try {
      return look(model)
    } catch (error) {
      // A look that fails must not take the training down with it.
      console.error(error)
      return undefined
    }
  }
}

/** Weights of a moment. */
export interface SeenWeights {
  readonly epoch: number
  readonly weights: readonly NamedTensor[]
}

/** The present weights, or those nearest to an earlier epoch. */
export function weightsAt({ snapshots, position, network }: Model, epoch: number | undefined): SeenWeights {
  const snapshot = epoch === undefined ? undefined : snapshots.nearest(epoch)
  // The present weights may be nearer than any that were kept.
  return snapshot && Math.abs(snapshot.epoch - epoch!) < Math.abs(position.epoch - epoch!)
    ? snapshot
    : { epoch: position.epoch, weights: network.weights() }
}
