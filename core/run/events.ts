import { z } from 'zod'

const count = z.int().nonnegative()
/** A training that diverges gives NaN and infinity, which z.number() refuses. */
const measure = z.custom<number>((v) => typeof v === 'number', 'Invalid input: expected number')

/** Which engine computes, and why that one. */
export const engineSchema = z
  .strictObject({
    id: z.enum(['native', 'wasm', 'fused']),
    /** "Native TensorFlow", "WebAssembly". */
    title: z.string(),
    /** Why it is not the faster one, in words; absent where it is. */
    reason: z.string().optional(),
    /** What would make it native. */
    remedy: z.string().optional(),
    threads: count.optional()
  })
  .readonly()
export type EngineInfo = z.infer<typeof engineSchema>

/** One point of the curves. All values include the penalty on weights; a summed loss is reported per example. */
export const epochSchema = z
  .strictObject({
    epoch: count,
    step: count,
    /** Running means over the epoch's batches, as Keras reports them. */
    loss: measure,
    /** Shares of right answers; absent where the answers are numbers. */
    accuracy: measure.optional(),
    /** The loss of each phase, where a scheme has several. */
    phases: z.record(z.string(), measure).optional(),
    /** On the whole training part after the epoch's last update. */
    trainLoss: measure.optional(),
    trainAccuracy: measure.optional(),
    valLoss: measure.optional(),
    valAccuracy: measure.optional(),
    /** The metrics that the document asks for, by type, on the training part after the epoch and on validation. */
    trainMetrics: z.record(z.string(), measure).optional(),
    valMetrics: z.record(z.string(), measure).optional(),
    /** Milliseconds that the epoch's updates took. */
    ms: measure
  })
  .readonly()
export type EpochPoint = z.infer<typeof epochSchema>

/** Why a run ended. */
export const endingSchema = z.enum(['finished', 'stopped', 'early', 'time', 'target', 'diverged'])
export type RunEnding = z.infer<typeof endingSchema>

/** What became of a layer's weights when its network changed: see `carryOver`. */
export const carriedSchema = z.enum(['kept', 'grown', 'fresh'])

/** Seconds of updating and measuring since the run began or went on; pauses and pace are left out. */
const computed = z.number().nonnegative()

/** What happens in a run, in order. The window, the command line and the tests reduce the same events. */
export const runEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('started'),
    runId: z.string(),
    engine: engineSchema,
    /** The epoch it goes on from; 0 is a new start. */
    from: count,
    epochs: count,
    stepsPerEpoch: count,
    rows: z.strictObject({ train: count, validation: count, test: count }),
    seed: count
  }),
  z.strictObject({ type: z.literal('epoch'), point: epochSchema, seconds: computed }),
  /** Updates within an epoch: the number of updates made, and the loss of each since the last such event. */
  z.strictObject({ type: z.literal('batch'), step: count, losses: z.array(measure), seconds: computed }),
  z.strictObject({ type: z.literal('paused') }),
  z.strictObject({ type: z.literal('resumed') }),
  /** A hot setting was taken up before this step. */
  z.strictObject({ type: z.literal('changed'), epoch: count, path: z.string(), value: z.unknown() }),
  /** The network has changed: what became of the weights of each of its layers. */
  z.strictObject({ type: z.literal('carried'), layers: z.record(z.string(), carriedSchema) }),
  z.strictObject({
    type: z.literal('restored'),
    epoch: count,
    history: z.array(epochSchema),
    /** The run that got there, or the one that goes on from there; undefined leaves it as it is. */
    runId: z.string().optional()
  }),
  z.strictObject({
    type: z.literal('ended'),
    how: endingSchema,
    /** Where training diverged: the layer whose weights had grown the most. */
    nodeId: z.string().optional(),
    epoch: count,
    seconds: computed,
    stepsPerSecond: measure
  }),
  z.strictObject({ type: z.literal('failed'), message: z.string() })
])
export type RunEvent = z.infer<typeof runEventSchema>
