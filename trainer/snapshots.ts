import type { NamedTensor } from '@core/run/checkpoint'

/** Weights as they were after an epoch. */
export interface Snapshot {
  readonly epoch: number
  readonly weights: readonly NamedTensor[]
  /** What the optimizer remembered; only of the best epoch, from which training then goes on as if it had not stopped. */
  readonly memory?: readonly NamedTensor[]
}

const BUDGET_BYTES = 256 << 20
/** Every one of the first epochs is kept, then every other, every fourth, … */
const DENSE_EPOCHS = 256

/**
 * Weights of earlier epochs in memory, for going back: spaced like the curve's interest, dense at first and ever
 * wider. Over the budget every other one goes. Epoch 0 and the best one always stay.
 */
export class Snapshots {
  private kept: Snapshot[] = []
  private best: Snapshot | undefined
  private coarseness = 1

  constructor(
    private readonly parameters: number,
    private readonly budget = BUDGET_BYTES
  ) {}

  /** Does this epoch have a place in the spacing? */
  wants(epoch: number): boolean {
    const octave = Math.max(0, Math.floor(Math.log2(Math.max(1, epoch) / DENSE_EPOCHS)) + 1)
    return epoch % (2 ** octave * this.coarseness) === 0
  }

  /** Keeps the weights a run begins with, whatever its epoch, unless those of that epoch are there. */
  begin(snapshot: Snapshot): void {
    if (!this.all().some(({ epoch }) => epoch === snapshot.epoch)) this.kept.push(snapshot)
  }

  /** Keeps these weights; ones that are no numbers are of no use to anyone. */
  add(snapshot: Snapshot, isBest: boolean): void {
    if (!snapshot.weights.every(({ values }) => values.every(Number.isFinite))) return
    if (isBest) this.best = snapshot
    const { epoch, weights } = snapshot
    if (this.wants(epoch)) this.kept.push({ epoch, weights })
    while (this.kept.length > 2 && 4 * this.parameters * this.kept.length > this.budget) {
      this.coarseness *= 2
      this.kept = this.kept.filter((_, i) => i % 2 === 0)
    }
  }

  /** The one whose epoch is nearest. */
  nearest(epoch: number): Snapshot | undefined {
    return this.all().reduce<Snapshot | undefined>(
      (found, s) => (!found || Math.abs(s.epoch - epoch) < Math.abs(found.epoch - epoch) ? s : found),
      undefined
    )
  }

  /** The earliest there is. */
  first(): Snapshot | undefined {
    return this.nearest(0)
  }

  /** One of each epoch before this one, in their order. */
  before(epoch: number): readonly Snapshot[] {
    const found = new Map(this.all().map((snapshot) => [snapshot.epoch, snapshot]))
    return [...found.values()].filter((s) => s.epoch < epoch).sort((a, b) => a.epoch - b.epoch)
  }

  /** The best epoch of the run. */
  get ofBest(): Snapshot | undefined {
    return this.best
  }

  newest(): Snapshot | undefined {
    return this.nearest(Number.MAX_SAFE_INTEGER)
  }

  /** Forgets what came after an epoch that is gone back to. */
  dropAfter(epoch: number): void {
    this.kept = this.kept.filter((s) => s.epoch <= epoch)
    if (this.best && this.best.epoch > epoch) this.best = undefined
  }

  clear(): void {
    this.kept = []
    this.best = undefined
    this.coarseness = 1
  }

  private all(): readonly Snapshot[] {
    return this.best ? [this.best, ...this.kept] : this.kept
  }
}
