import type { EpochPoint } from '@core/run/events'
import type { RunState } from '@core/run/state'

/** The run without what was measured on new rows: what a class sees while it guesses. */
export function coveredRun(run: RunState): RunState {
  return { ...run, history: run.history.map(coveredPoint), best: undefined }
}

function coveredPoint({ valLoss: _, valAccuracy: __, valMetrics: ___, ...point }: EpochPoint): EpochPoint {
  return point
}
