import type { Document, Pace } from '@core/document/schema'

/** Seconds that the whole budget of epochs takes at each pace; full speed has no such time. */
const BUDGET_SECONDS: { readonly [P in Pace]: number | undefined } = { slow: 60, normal: 20, full: undefined }

const LATE_TIMER_MS = 10

/** Spaces epochs in time, so that an eye can follow a network that learns faster than it can look. */
export class Pacer {
  private spacing = 0
  private due = 0

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Takes up the pace and the number of epochs of this revision. */
  configure({ view, training }: Pick<Document, 'view' | 'training'>): void {
    const seconds = BUDGET_SECONDS[view.pace]
    this.spacing = seconds === undefined ? 0 : (1000 * seconds) / training.epochs
    this.restart()
  }

  /** Counts from now, as after a pause. */
  restart(): void {
    this.due = this.now()
  }

  /** Milliseconds to wait before the next epoch. Call once an epoch. */
  wait(): number {
    const now = this.now()
    // Timers that ring late are made up for, slow epochs are not: the next ones would come in a burst.
    this.due = Math.max(this.due + this.spacing, now - LATE_TIMER_MS)
    return Math.max(0, this.due - now)
  }
}
