import type { Document } from '../../document/schema'

/** The groups that lessons come in, in order. */
export const TOPICS = ['Points in the plane', 'Tables', 'Digits', 'Colour pictures', 'Sequences'] as const
export type Topic = (typeof TOPICS)[number]

/** What can be measured of a trained network. How is the trainer's to say (trainer/verify/measures.ts). */
export type MeasureId =
  | 'trainAccuracy'
  | 'validationAccuracy'
  | 'testAccuracy'
  | 'trainLoss'
  | 'validationLoss'
  | 'testLoss'
  | 'untrainedLoss'
  | 'lossShare'
  | 'lossOverBest'
  | 'bestEpoch'
  | 'gap'
  | 'perfectEpoch'
  | 'diverged'
  | 'rises'
  | 'rightSums'
  | 'classesShown'
  | 'answerToOnes'
  | 'errorShare'
  | 'modesFound'
  | 'nearModes'
  | 'classesDrawn'

/** Trainings of one network, one for each seed. */
export interface Runs {
  /** By which claims find them. */
  readonly name: string
  /** Another network of this lesson; its own where it is not said. */
  readonly variant?: string
  /** Settings that differ from the project's, by their paths. */
  readonly changes?: { readonly [path: string]: number | boolean | string }
  readonly seeds: readonly number[]
  /** Ends after this many updates. */
  readonly steps?: number
}

/** A number that trainings must come to. */
export interface Claim {
  /** The trainings it is about. */
  readonly of: string
  readonly measure: MeasureId
  /** As it was after this epoch; at the end where it is not said. Only for what is measured after each epoch. */
  readonly epoch?: number
  readonly is: 'at least' | 'at most'
  readonly goal: number
  /** Which must reach it: each training, their mean, or a number of them. Each where it is not said. */
  readonly by?: 'each' | 'mean' | number
}

/** What is trained, and what must come out. */
export interface Plan {
  readonly runs: readonly Runs[]
  readonly claims: readonly Claim[]
}

/** A system that learners bring along from a tutorial, as a project that trains to the tutorial's result. */
export interface LessonProject {
  readonly id: string
  readonly title: string
  readonly topic: Topic
  /** One sentence. */
  readonly goal: string
  readonly document: Document
  /** Networks that the lesson compares with its own. */
  readonly variants?: { readonly [name: string]: Document }
  /** Weights that are set by hand, as `netloom train --init` takes them. */
  readonly weights?: {
    readonly [node: string]: { readonly [weight: string]: readonly (readonly number[])[] }
  }
  readonly verify: { readonly full: Plan; readonly quick: Plan }
}

/** Seeds 0 to n − 1. */
export const seeds = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i)

/** A plan of one kind of training: all claims are about it. */
export function plan(runs: Omit<Runs, 'name'>, ...claims: readonly Omit<Claim, 'of'>[]): Plan {
  return {
    runs: [{ name: 'plain', ...runs }],
    claims: claims.map((claim) => ({ of: 'plain', ...claim }))
  }
}

/** "At least this", as a claim. */
export const atLeast = (measure: MeasureId, goal: number, more: Partial<Claim> = {}) =>
  ({ measure, is: 'at least', goal, ...more }) as const

/** "At most this", as a claim. */
export const atMost = (measure: MeasureId, goal: number, more: Partial<Claim> = {}) =>
  ({ measure, is: 'at most', goal, ...more }) as const
