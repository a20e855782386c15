import { z } from 'zod'
import { answerReplies, answerRequests } from '../answers/messages'
import { sampleSchema } from '../data/sample'
import { documentSchema } from '../document/schema'
import { insideReplies, insideRequests } from '../inside/messages'
import { runEventSchema } from '../run/events'
import { files, floats, integers } from './values'

const view = z.strictObject({
  /** Pixels. */
  width: z.int().min(2).max(400),
  height: z.int().min(2).max(400),
  /** [x from, x to, y from, y to] of the plane. Row 0 is at the top, y to. */
  domain: z.tuple([z.number(), z.number(), z.number(), z.number()])
})
export type ViewWindow = z.infer<typeof view>

/** A plane through examples of more than two numbers. */
const slice = z.strictObject({
  /** Places in an example of the numbers that are the directions of the plane. */
  x: z.int().nonnegative(),
  y: z.int().nonnegative(),
  /** All numbers of an example; those of the directions do not count. */
  base: floats
})
export type Slice = z.infer<typeof slice>

/** Renderer → trainer, over the port. */
export const toTrainerSchema = z.discriminatedUnion('type', [
  /** The renderer has drawn the batch of events of this number: the next may come. */
  z.strictObject({ type: z.literal('ack'), seq: z.int() }),
  z.strictObject({ type: z.literal('pause') }),
  z.strictObject({ type: z.literal('resume') }),
  z.strictObject({ type: z.literal('step'), unit: z.enum(['batch', 'epoch']) }),
  z.strictObject({ type: z.literal('stop') }),
  /** A newer revision of the document: its hot settings are taken up at the next step. */
  z.strictObject({ type: z.literal('hot'), document: documentSchema }),
  /** The running training goes on with the network that was last prepared, keeping what it has learned. */
  z.strictObject({ type: z.literal('adopt') }),
  /** Pictures of what the network computes, of one set of weights: now or at an earlier epoch. */
  z.strictObject({
    type: z.literal('view'),
    id: z.int(),
    epoch: z.int().nonnegative().optional(),
    boundary: view.optional(),
    tiles: view.optional(),
    slice: slice.optional()
  }),
  z.strictObject({ type: z.literal('score'), id: z.int(), part: z.enum(['train', 'validation', 'test']) }),
  /** Rows of the document's table, prepared. */
  z.strictObject({ type: z.literal('sample'), id: z.int(), data: documentSchema.unwrap().shape.data, files }),
  /** Puts another number in the place of one of a weight's, as it is now; training goes on from there. */
  z.strictObject({
    type: z.literal('setWeight'),
    nodeId: z.string().max(80),
    name: z.string().max(80),
    index: z.int().nonnegative(),
    value: z.number().refine(Number.isFinite, 'must be a number')
  }),
  /** What can be done with the data of the network without one. */
  z.strictObject({ type: z.literal('baselines'), id: z.int() }),
  /** Puts the weights of an earlier epoch back; the run goes on from there. */
  z.strictObject({ type: z.literal('restore'), epoch: z.int().nonnegative() }),
  ...answerRequests,
  ...insideRequests
])
export type ToTrainer = z.infer<typeof toTrainerSchema>

const tensor = z.strictObject({ shape: z.array(z.int()), values: floats })

/** Trainer → renderer, over the port. */
export const fromTrainerSchema = z.discriminatedUnion('type', [
  /** At most 30 a second, and at most two unanswered. Everything since the last one. */
  z.strictObject({ type: z.literal('events'), seq: z.int(), events: z.array(runEventSchema) }),
  z.strictObject({
    type: z.literal('view'),
    id: z.int(),
    epoch: z.int(),
    /** [height · width · classes]: the share the network gives each class. */
    boundary: z
      .strictObject({ width: z.int(), height: z.int(), classes: z.int(), values: floats })
      .optional(),
    /** By node: [units · height · width], each neuron's answer over the plane, as it is. */
    tiles: z.record(
      z.string(),
      z.strictObject({ units: z.int(), width: z.int(), height: z.int(), values: floats })
    ),
    /** By node, then by weight name. */
    weights: z.record(z.string(), z.record(z.string(), tensor)),
    /** [rows]: the class the network gives each row of the data. */
    predicted: integers
  }),
  z.strictObject({ type: z.literal('sample'), id: z.int(), sample: sampleSchema }),
  /** See `Baselines`. */
  z.strictObject({
    type: z.literal('baselines'),
    id: z.int(),
    part: z.enum(['train', 'validation', 'test']),
    measure: z.enum(['accuracy', 'error']),
    always: z.number(),
    linear: z.number(),
    commonest: z.int().optional()
  }),
  /** There is no network to look at, or it does not answer over a plane. */
  z.strictObject({ type: z.literal('noView'), id: z.int() }),
  /** How fast the network of this structure trains: it was tried on it, and left as it is. See `Speed`. */
  z.strictObject({
    type: z.literal('speed'),
    structure: z.string(),
    updating: z.number().nonnegative(),
    measuring: z.number().nonnegative(),
    stepsPerEpoch: z.int().positive()
  }),
  z.strictObject({
    type: z.literal('score'),
    id: z.int(),
    part: z.string(),
    rows: z.int(),
    epoch: z.int(),
    loss: z.number(),
    accuracy: z.number().optional()
  }),
  ...answerReplies,
  ...insideReplies
])
export type FromTrainer = z.infer<typeof fromTrainerSchema>
export type TrainerView = Extract<FromTrainer, { type: 'view' }>
export type Score = Extract<FromTrainer, { type: 'score' }>
export type BaselinesAnswer = Extract<FromTrainer, { type: 'baselines' }>
export type SampleAnswer = Extract<FromTrainer, { type: 'sample' }>
export type Answers = Extract<FromTrainer, { type: 'answers' }>
export type Examples = Extract<FromTrainer, { type: 'examples' }>
export type Inside = Extract<FromTrainer, { type: 'inside' }>
export type Told = Extract<FromTrainer, { type: 'told' }>
export type UnrolledSteps = Extract<FromTrainer, { type: 'unrolled' }>
export type Written = Extract<FromTrainer, { type: 'written' }>
export type Importance = Extract<FromTrainer, { type: 'importance' }>
export type NodeWeights = Extract<FromTrainer, { type: 'weights' }>
export type FindingsAnswer = Extract<FromTrainer, { type: 'findings' }>
export type LayersAnswer = Extract<FromTrainer, { type: 'layers' }>
export type Saliency = Extract<FromTrainer, { type: 'saliency' }>
export type Slopes = Extract<FromTrainer, { type: 'slopes' }>
