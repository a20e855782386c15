import type { Document, Pace } from '../document/schema'
import type { RunState } from './state'

/** Seconds that the whole budget of epochs takes at each pace; full speed has no such time. */
export const PACE_SECONDS: { readonly [P in Pace]: number | undefined } = {
  slow: 60,
  normal: 20,
  full: undefined
}

/** How fast a network was found to train. */
export interface Speed {
  /** Milliseconds of an epoch's updates. */
  readonly updating: number
  /** Milliseconds of what is measured after each epoch. */
  readonly measuring: number
  readonly stepsPerEpoch: number
}

/** How long training takes. */
export interface Forecast {
  /** Milliseconds of an epoch, with the pace. */
  readonly perEpoch: number
  /** Epochs until the end; not a whole number where training ends within one. */
  readonly epochs: number
  /** Milliseconds until the end. */
  readonly ms: number
  /** What comes to its end first. */
  readonly endsBy: 'epochs' | 'steps' | 'seconds'
}

type Plan = Pick<Document, 'training' | 'view'>

/**
 * What a run takes that begins, or goes on from this epoch: with how many epochs in all, and as fast as was measured.
 * Early stopping and a loss that is aimed at may end it before.
 */
export function forecastOf(
  { training, view }: Plan,
  speed: Speed,
  { epoch, epochs }: { readonly epoch: number; readonly epochs: number } = {
    epoch: 0,
    epochs: training.epochs
  }
): Forecast {
  return until(
    { training, view },
    {
      perEpoch: speed.updating + speed.measuring,
      stepsPerEpoch: speed.stepsPerEpoch,
      step: epoch * speed.stepsPerEpoch,
      epochs,
      seconds: 0
    }
  )
}

/** Computing this long says more about the first epoch than what was measured before, in seconds. */
const KNOWN_AFTER = 2

/**
 * What is left of a run that goes on, by its own speed; in its first epoch by what was measured before. Undefined
 * while neither is known.
 */
export function remainingOf(run: RunState, plan: Plan, speed: Speed | undefined): Forecast | undefined {
  const { step, stepsPerEpoch, seconds } = run
  const perEpoch = epochMs(run, speed)
  if (perEpoch === undefined) return undefined
  const { epochs } = plan.training
  return until(plan, {
    perEpoch,
    stepsPerEpoch,
    step,
    epochs: epochs > run.epoch ? epochs : run.epochs,
    seconds
  })
}

/** Milliseconds of an epoch with its measuring. Whole epochs alone tell it: what is measured comes at their end. */
function epochMs({ timed, seconds, step, epoch, stepsPerEpoch }: RunState, speed: Speed | undefined) {
  if (timed.epochs > 0) return (1000 * timed.seconds) / timed.epochs
  const done = step / stepsPerEpoch - epoch
  if (done > 0 && seconds >= KNOWN_AFTER) return (1000 * seconds) / done + (speed?.measuring ?? 0)
  return speed && speed.updating + speed.measuring
}

interface Here {
  /** Milliseconds of computing. */
  readonly perEpoch: number
  readonly stepsPerEpoch: number
  readonly step: number
  readonly epochs: number
  /** Seconds of computing that count for the limit. */
  readonly seconds: number
}

function until({ training, view }: Plan, here: Here): Forecast {
  const { perEpoch, stepsPerEpoch, step } = here
  const { steps, seconds } = training.stopAt
  const left = {
    epochs: here.epochs - step / stepsPerEpoch,
    steps: steps === null ? Infinity : (steps - step) / stepsPerEpoch,
    seconds: seconds === null ? Infinity : (1000 * (seconds - here.seconds)) / perEpoch
  }
  const endsBy = (['seconds', 'steps', 'epochs'] as const).reduce((a, b) => (left[b] <= left[a] ? b : a))
  const epochs = Math.max(0, left[endsBy])
  const pace = PACE_SECONDS[view.pace]
  const spacing = pace === undefined ? 0 : (1000 * pace) / training.epochs
  const spaced = Math.max(perEpoch, spacing)
  return { perEpoch: spaced, epochs, ms: epochs * spaced, endsBy }
}
