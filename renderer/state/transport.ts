import type { Document } from '@core/document/schema'
import type { TrainerState } from '@core/ipc'
import type { RunState } from '@core/run/state'

/** What the Train button would do now. */
export type TrainAction =
  /** Problems have to be mended first. */
  | 'blocked'
  /** A start is under way. */
  | 'starting'
  | 'pause'
  | 'resume'
  /** From the start. */
  | 'train'
  /** On from where the network is. */
  | 'keep'
  /** On from the last checkpoint of a trainer that died. */
  | 'recover'

/** What the action depends on. */
export interface TransportFacts {
  readonly run: RunState
  readonly stale: boolean
  /** A start was asked for and has not come about yet. */
  readonly starting?: boolean
  readonly problems: number
  readonly trainer: TrainerState
  /** The plan's epochs. */
  readonly epochs: number
}

/** What the Train button would do now. */
export function trainAction({ run, stale, starting, problems, trainer }: TransportFacts): TrainAction {
  if (run.status === 'running') return 'pause'
  if (starting) return 'starting'
  if (problems > 0) return 'blocked'
  if (stale || run.status === 'idle') return 'train'
  if (run.status === 'paused') return 'resume'
  // Weights that have grown past all bounds lead nowhere.
  if (run.status === 'ended') return run.ending === 'diverged' ? 'train' : 'keep'
  const safe = trainer.status === 'died' && trainer.checkpoint !== undefined
  return safe || run.epoch > 0 ? 'recover' : 'train'
}

/** What the button says. */
export const trainLabels: { readonly [A in TrainAction]: string } = {
  blocked: 'Train',
  starting: 'Getting ready',
  pause: 'Pause',
  resume: 'Go on',
  train: 'Train',
  keep: 'Keep training',
  recover: 'Go on'
}

/** Epochs to plan so that training can go on: half as many again, rounded to a plain number. */
export function extendedEpochs(reached: number, planned: number): number {
  if (reached < planned) return planned
  return reached + plainNumber(Math.max(1, reached / 2))
}

/** The training plan without the limits that a run has reached: what going on has to lift. */
export function liftedLimits(
  run: Pick<RunState, 'ending' | 'step'>,
  { stopAt }: Pick<Document['training'], 'stopAt'>
): Document['training']['stopAt'] {
  return {
    ...stopAt,
    ...(run.ending === 'target' ? { loss: null } : {}),
    ...(stopAt.steps !== null && run.step >= stopAt.steps ? { steps: null } : {})
  }
}

/** The nearest of 1, 2, 5 times a power of ten, from below. At least 1 is asked for. */
export function plainNumber(n: number): number {
  const power = 10 ** Math.floor(Math.log10(n))
  return ([5, 2].find((m) => m * power <= n) ?? 1) * power
}

/** Another starting point: a seed that is short enough to read out. */
export function newSeed(before: number, random: () => number = Math.random): number {
  const seed = Math.floor(random() * 10_000)
  return seed === before ? (seed + 1) % 10_000 : seed
}
