import { z } from 'zod'
import {
  keptPointSchema,
  runChangeSchema,
  runDetailsSchema,
  runIdSchema,
  runListSchema,
  runQuerySchema,
  runSpaceSchema,
  weightsKindSchema
} from '../runs/kept'
import {
  sweepDetailsSchema,
  sweepIdSchema,
  sweepPlanSchema,
  sweepProgressSchema,
  sweepSummarySchema,
  trialPictureSchema
} from '../sweep/sweep'
import { documentSchema } from '../document/schema'
import type { AnswerOf, ArgsOf } from './questions'
import { bytes, files } from './values'

/*
 * What main asks the process that looks after the kept runs. It lists, changes and deletes them; training processes
 * write their own runs into the same store.
 */

const ids = z.array(runIdSchema).min(1).max(2000)

export const runsQuestions = {
  list: { args: z.tuple([runQuerySchema]), value: runListSchema },
  details: { args: z.tuple([runIdSchema]), value: runDetailsSchema },
  /** The curve, thinned to about so many points. */
  points: { args: z.tuple([runIdSchema, z.int().min(10).max(100_000)]), value: z.array(keptPointSchema) },
  /** The bytes of a kept state. */
  weights: { args: z.tuple([runIdSchema, weightsKindSchema]), value: bytes },
  change: { args: z.tuple([ids, runChangeSchema]), value: z.undefined() },
  /** Those that were deleted: not those that are being trained. */
  remove: { args: z.tuple([ids]), value: z.array(runIdSchema) },
  restore: { args: z.tuple([ids]), value: z.undefined() },
  tags: { args: z.tuple([]), value: z.array(z.string()) },
  space: { args: z.tuple([]), value: runSpaceSchema },
  setBudget: { args: z.tuple([z.number().min(1e6).max(1e13)]), value: z.undefined() },
  /** The person has read of damaged stores. */
  noticed: { args: z.tuple([]), value: z.undefined() },
  sweeps: { args: z.tuple([]), value: z.array(sweepSummarySchema) },
  sweep: { args: z.tuple([sweepIdSchema]), value: sweepDetailsSchema },
  sweepProgress: { args: z.tuple([sweepIdSchema]), value: sweepProgressSchema },
  sweepPictures: { args: z.tuple([sweepIdSchema]), value: z.array(trialPictureSchema) },
  /** The id of the new sweep, which waits for processes to work on it. */
  createSweep: { args: z.tuple([documentSchema, files, sweepPlanSchema]), value: sweepIdSchema },
  wantSweep: { args: z.tuple([sweepIdSchema, z.enum(['run', 'pause', 'cancel'])]), value: z.undefined() },
  removeSweep: { args: z.tuple([sweepIdSchema]), value: z.undefined() },
  restoreSweep: { args: z.tuple([sweepIdSchema]), value: z.undefined() }
} as const
export type RunsQuestions = typeof runsQuestions
export type RunsQuestion = keyof RunsQuestions
export type RunsArgs<Q extends RunsQuestion> = ArgsOf<RunsQuestions, Q>
export type RunsAnswer<Q extends RunsQuestion> = AnswerOf<RunsQuestions, Q>

/** A rerun: the process that does it → main. */
export const fromRerunSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), epoch: z.int(), epochs: z.int() }),
  z.strictObject({ type: z.literal('done') }),
  z.strictObject({ type: z.literal('failed'), message: z.string() })
])
export type FromRerun = z.infer<typeof fromRerunSchema>

/** How far a rerun is; `done` is the epoch. */
export const rerunProgressSchema = z.strictObject({
  id: runIdSchema,
  epoch: z.int(),
  epochs: z.int(),
  /** It is over; `problem` says why where it has not come to its end. */
  over: z.boolean(),
  problem: z.string().optional()
})
export type RerunProgress = z.infer<typeof rerunProgressSchema>
