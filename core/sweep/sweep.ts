import { z } from 'zod'
import { documentSchema } from '../document/schema'
import { files, floats } from '../ipc/values'
import { runIdSchema } from '../runs/kept'

/*
 * A sweep: one document, trained with several values of some of its settings. What it tries follows from its plan
 * alone; what came of it is in the runs of its trials.
 */

/** A value as `setSetting` takes it: a number, a choice, the type of a part; null is “all” of a batch size. */
export const sweptValueSchema = z.union([z.number(), z.boolean(), z.string().max(200), z.null()])
export type SweptValue = z.infer<typeof sweptValueSchema>

const path = z.string().min(1).max(300)

/** One setting and what it is to be. */
export const variationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('list'), path, values: z.array(sweptValueSchema).min(1).max(200) }),
  /** Numbers between two ends, both of them included. */
  z.strictObject({
    kind: z.literal('range'),
    path,
    from: z.number(),
    to: z.number(),
    /** `log`: by factors in the place of distances. */
    scale: z.enum(['linear', 'log']),
    /** How many values a grid takes of it; random search draws anywhere between the ends. */
    count: z.int().min(2).max(200)
  })
])
export type Variation = z.infer<typeof variationSchema>

/** What decides which trial did better. */
export const MEASURES = ['accuracy', 'loss'] as const
export type Measure = (typeof MEASURES)[number]

/** Trials of one sweep at most. */
export const MOST_TRIALS = 2000

const domain = z.tuple([z.number(), z.number(), z.number(), z.number()])

export const sweepPlanSchema = z.strictObject({
  variations: z.array(variationSchema).min(1).max(6),
  search: z.discriminatedUnion('kind', [
    /** Every value with every other. */
    z.strictObject({ kind: z.literal('grid') }),
    /** So many combinations, drawn with this seed. */
    z.strictObject({
      kind: z.literal('random'),
      combinations: z.int().min(1).max(MOST_TRIALS),
      seed: z.int().min(0).max(0xffffffff)
    })
  ]),
  /** Every combination is trained from so many starts. */
  seeds: z.int().min(1).max(50),
  epochs: z.int().min(1).max(10_000_000),
  /** Combinations that fall behind are not trained to the end: see `rungsOf`. */
  halving: z.boolean(),
  measure: z.enum(MEASURES),
  /** The part of the plane that pictures of trained networks show; absent where there are none. */
  picture: z
    .strictObject({
      domain,
      width: z.int().min(2).max(400),
      height: z.int().min(2).max(400),
      slice: z
        .strictObject({
          x: z.int().nonnegative(),
          y: z.int().nonnegative(),
          base: z.array(z.number()).max(10_000)
        })
        .optional()
    })
    .optional()
})
export type SweepPlan = z.infer<typeof sweepPlanSchema>

/** One training of a sweep. */
export const trialSchema = z.strictObject({
  /** From 0; trials of the first seed come first. */
  place: z.int().nonnegative(),
  /** Which combination of values; those of one combination differ in the seed alone. */
  combination: z.int().nonnegative(),
  seed: z.int().min(0).max(0xffffffff),
  /** A value for each variation of the plan, in its order. */
  values: z.array(sweptValueSchema).readonly()
})
export type Trial = z.infer<typeof trialSchema>

/** How well a trial had done when it had trained for so many epochs: the best epoch until then. */
export const markSchema = z.strictObject({
  epoch: z.int().nonnegative(),
  /** The judged loss; null where training diverged before any epoch was done. */
  loss: z.number().nullable(),
  accuracy: z.number().nullable()
})
export type Mark = z.infer<typeof markSchema>

/** A trial and how far it is. */
export const trialStateSchema = trialSchema.extend({
  /** One for each rung that it has reached. */
  marks: z.array(markSchema),
  /** Why it could not be trained. */
  failure: z.string().nullable(),
  /** A process trains it now. */
  busy: z.boolean(),
  /** What its newest run has come to; null before there is one. */
  run: z
    .strictObject({
      id: runIdSchema,
      epoch: z.int().nonnegative(),
      seconds: z.number(),
      parameters: z.int().nonnegative(),
      bestEpoch: z.int().nonnegative().nullable(),
      trainAccuracy: z.number().nullable(),
      ending: z.string().nullable()
    })
    .nullable()
})
export type TrialState = z.infer<typeof trialStateSchema>

export const sweepIdSchema = runIdSchema

/** What a sweep is doing. `interrupted`: it was to go on, but no process works on it any more. */
export const sweepStatusSchema = z.enum(['running', 'paused', 'interrupted', 'cancelled', 'done'])
export type SweepStatus = z.infer<typeof sweepStatusSchema>

/** A sweep as it is now: what it is to try, and how far each trial is. */
export const sweepDetailsSchema = z.strictObject({
  id: sweepIdSchema,
  plan: sweepPlanSchema,
  document: documentSchema,
  files,
  trials: z.array(trialStateSchema),
  status: sweepStatusSchema
})
export type SweepDetails = z.infer<typeof sweepDetailsSchema>

/** What changes of it while it goes on. */
export const sweepProgressSchema = sweepDetailsSchema.pick({ trials: true, status: true })
export type SweepProgress = z.infer<typeof sweepProgressSchema>

/** What a trained network answers over the plane of the plan’s picture. */
export const trialPictureSchema = z.strictObject({
  place: z.int().nonnegative(),
  values: floats
})
export type TrialPicture = z.infer<typeof trialPictureSchema>

/** A sweep in the list of them. */
export const sweepSummarySchema = z.strictObject({
  id: sweepIdSchema,
  project: z.string(),
  /** Milliseconds since 1970. */
  created: z.number(),
  status: sweepStatusSchema,
  /** Labels of the settings that it varies. */
  labels: z.array(z.string()),
  trials: z.int().nonnegative(),
  /** Trials that need no more training. */
  over: z.int().nonnegative()
})
export type SweepSummary = z.infer<typeof sweepSummarySchema>
