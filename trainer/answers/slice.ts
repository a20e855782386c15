const LEAST_ROWS = 64
const MOST_ROWS = 2048
const SLICE_MS = 6

/** How many rows are answered in one go, so that one takes a few milliseconds: training waits for no longer. */
export class Slice {
  rows = LEAST_ROWS

  /** Does the work on so many rows, and learns from how long it took. */
  timed<T>(work: () => T): T {
    const start = performance.now()
    const done = work()
    const ms = performance.now() - start
    if (2 * ms < SLICE_MS) this.rows = Math.min(MOST_ROWS, 2 * this.rows)
    else if (ms > 2 * SLICE_MS) this.rows = Math.max(LEAST_ROWS, this.rows / 2)
    return done
  }
}
