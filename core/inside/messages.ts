import { z } from 'zod'
import { askedExampleSchema } from '../answers/messages'
import { floats, integers } from '../ipc/values'

/*
 * What the window asks about what goes on inside a network, and what it is told. See `core/ipc/port.ts`.
 */

const epoch = z.int().nonnegative().optional()
const nodeId = z.string().max(64)

/** Renderer → trainer. */
export const insideRequests = [
  /** What stands in the way of learning: now, or at an earlier epoch. */
  z.strictObject({ type: z.literal('findings'), id: z.int(), epoch }),
  /** Gradients of all layers over the epochs that were kept, and the weights of one of them. */
  z.strictObject({ type: z.literal('layers'), id: z.int(), nodeId: nodeId.optional() }),
  /** Which pixels of a picture the answer hangs on, for one class; for the one it names where it is not said. */
  z.strictObject({
    type: z.literal('saliency'),
    id: z.int(),
    epoch,
    example: askedExampleSchema,
    class: z.int().nonnegative().optional()
  }),
  /**
   * How the answer to an example moves with each of its numbers: for one class, for the one it names where it is not said,
   * or for the number it answers.
   */
  z.strictObject({
    type: z.literal('slopes'),
    id: z.int(),
    epoch,
    example: askedExampleSchema,
    class: z.int().nonnegative().optional()
  })
] as const

/** Something that keeps a layer from learning. */
const findingSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    /** Neurons that answer 0 to everything, or that sit at an end of their range. */
    kind: z.enum(['dead', 'saturated']),
    nodeId,
    neurons: z.int(),
    of: z.int(),
    /** That they were asked about. */
    examples: z.int()
  }),
  z.strictObject({
    /**
     * Gradients of a layer are smaller or larger than those of the last one; or a single update changes weights by more
     * than their size.
     */
    kind: z.enum(['vanishing', 'exploding', 'overshooting']),
    nodeId,
    /** By so many times; Infinity, which is no number for zod, where there is no gradient at all. */
    times: z.custom<number>((v) => typeof v === 'number' && v >= 0, 'must be a number'),
    /** Other layers of which it is true as well, if less so. */
    others: z.array(nodeId)
  })
])
export type Finding = z.infer<typeof findingSchema>

const weightHistory = z.strictObject({
  /** Numbers of the weight. */
  count: z.int(),
  /** [epochs] */
  mean: floats,
  deviation: floats,
  least: floats,
  most: floats,
  /** Where the histograms' first stretch begins and the last one ends. */
  from: z.number(),
  to: z.number(),
  /** [epochs, bins] */
  histogram: integers,
  /** Of the gradient, where it learns: [epochs], not a number where it is not known. */
  gradient: z
    .strictObject({
      size: floats,
      /** Share of it that is 0. */
      zero: floats,
      /** [epochs, bins] over powers of ten; see `core/inside/spread.ts`. */
      histogram: integers
    })
    .optional()
})
export type WeightHistory = z.infer<typeof weightHistory>

/** Trainer → renderer. What cannot be answered is answered with `noView`. */
export const insideReplies = [
  z.strictObject({
    type: z.literal('findings'),
    id: z.int(),
    epoch: z.int(),
    findings: z.array(findingSchema)
  }),
  z.strictObject({
    type: z.literal('layers'),
    id: z.int(),
    epochs: z.array(z.int()),
    /** Are gradients known at all of them? Asking again brings more. */
    complete: z.boolean(),
    /** Examples that gradients are measured on; 0 where this way of learning has none to measure. */
    examples: z.int(),
    /** By node, in the order in which they are computed: the gradient that reaches it, `LayerFacts.signal` [epochs]. */
    signals: z.record(nodeId, floats),
    /** Of the layer that was asked for, by name. */
    weights: z.record(z.string(), weightHistory)
  }),
  z.strictObject({
    type: z.literal('saliency'),
    id: z.int(),
    epoch: z.int(),
    class: z.int(),
    /** The share of the class: of the picture as it is, and the least and the most with a patch on it. */
    share: z.number(),
    least: z.number(),
    most: z.number(),
    /** [height, width]: see `occlusionMap`. */
    height: z.int(),
    width: z.int(),
    values: floats,
    /** Pixels of a patch's side. */
    patch: z.int()
  }),
  z.strictObject({
    type: z.literal('slopes'),
    id: z.int(),
    epoch: z.int(),
    /** Undefined where a number is answered. */
    class: z.int().optional(),
    /** [shape]: how much the log-odds of the class, or the number, rise when a number of the example rises by 1. */
    slopes: floats,
    /** [shape]: what each number of the example brings to them against the average of the training part. */
    moved: floats
  })
] as const
