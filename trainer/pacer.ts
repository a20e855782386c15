import type { Document } from '@core/document/schema'
import { PACE_SECONDS } from '@core/run/forecast'

const LATE_TIMER_MS = 10

/** Spaces epochs in time, so that an eye can follow a network that learns faster than it can look. */
export class Pacer {
  private spacing = 0
  private due = 0

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Takes up the pace and the number of epochs of this revision. */
  configure({ view, training }: Pick<Document, 'view' | 'training'>): void {
    const seconds = PACE_SECONDS[view.pace]
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
