import { z } from 'zod'
import { documentSchema } from '../document/schema'
import { files, floats } from '../ipc/values'
import { epochSchema } from '../run/events'
import { sweepPlanSchema } from '../sweep/sweep'

/*
 * A race: a few variants of one network are trained in step, an epoch each, so that a class sees the same moment of
 * each of them. One process trains them by turns: what an epoch takes cannot be told from it.
 */

/** Variants that have room beside each other on a screen. */
export const MOST_LANES = 4

/** What is raced: a document for each lane, and what each is called. */
export const raceSchema = z.strictObject({
  lanes: z
    .array(z.strictObject({ name: z.string().max(120), document: documentSchema }))
    .min(2)
    .max(MOST_LANES),
  files,
  picture: sweepPlanSchema.shape.picture
})
export type Race = z.infer<typeof raceSchema>

/** One variant after an epoch. */
export const laneSchema = z.strictObject({
  /** Epochs since the lap before, the newest last; none where it has come to its end. */
  points: z.array(epochSchema),
  /** What the network answers over the plane now. */
  picture: floats.optional(),
  /** It has come to its end: why. */
  ended: z.string().optional()
})

/** The process that races → main. */
export const fromRaceSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('lap'), epoch: z.int().nonnegative(), lanes: z.array(laneSchema) }),
  /** All are at their end; `series` is what their runs share. */
  z.strictObject({ type: z.literal('over'), series: z.string() }),
  z.strictObject({ type: z.literal('failed'), message: z.string() })
])
export type FromRace = z.infer<typeof fromRaceSchema>

/** Main → the process that races. */
export type ToRace =
  | { readonly type: 'begin'; readonly race: Race }
  | { readonly type: 'pause' }
  | { readonly type: 'play' }
  | { readonly type: 'stop' }
