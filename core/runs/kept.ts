import { z } from 'zod'
import { dataFileSchema } from '../data/files'
import { documentSchema } from '../document/schema'
import { endingSchema, engineSchema, epochSchema } from '../run/events'

/*
 * A run as it is kept: what the list of runs shows of it, and what can be asked of the list. Its curve, its document
 * and its weights are asked for one by one.
 */

export const runIdSchema = z.string().regex(/^[0-9a-z]{8}$/)

/** What became of a run. `brokenOff`: the process that trained it ended without a word. */
export const runStatusSchema = z.enum(['running', 'ended', 'failed', 'brokenOff'])
export type RunStatus = z.infer<typeof runStatusSchema>

/** Which of its states a run keeps: the one of its best epoch, and the last. */
export const weightsKindSchema = z.enum(['best', 'last'])
export type WeightsKind = z.infer<typeof weightsKindSchema>

const count = z.int().nonnegative()
const epoch = epochSchema.nullable()

/** What a rerun of a run came to. */
export const repeatSchema = z.strictObject({
  /** Milliseconds since 1970. */
  at: z.number(),
  epochs: count,
  /** Every number of every epoch is the same, bit for bit, and so are the weights where both are there. */
  same: z.boolean(),
  /** Where they first differ, and by how much the losses do at most. */
  differsFrom: count.optional(),
  largest: z.number().optional()
})
export type Repeat = z.infer<typeof repeatSchema>

/** The reading of the curves: see `Reading`. */
const readingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('nothingHeldBack') }),
  z.strictObject({ kind: z.literal('learning') }),
  z.strictObject({
    kind: z.literal('unclear'),
    why: z.enum(['few', 'unlearned', 'chance']),
    since: count,
    rows: count
  }),
  z.strictObject({ kind: z.literal('overfitting'), since: count }),
  z.strictObject({ kind: z.literal('diverged') })
])

export const keptRunSchema = z.strictObject({
  id: runIdSchema,
  /** Name of its project, as it was when the run began. */
  project: z.string(),
  /** The name that a person gave it; empty where none. */
  name: z.string(),
  note: z.string(),
  tags: z.array(z.string()),
  starred: z.boolean(),
  /** Runs of one series, such as a sweep, share it. */
  group: z.string().nullable(),
  status: runStatusSchema,
  /** Why it ended; `changed`: it went on as another network, which is a run of its own. */
  ending: endingSchema.or(z.literal('changed')).nullable(),
  failure: z.string().nullable(),
  /** Milliseconds since 1970. */
  started: z.number(),
  ended: z.number().nullable(),
  /** Of computing, without pauses. */
  seconds: z.number(),
  /** Epochs done, epochs it was to do, and the one it went on from. */
  epoch: count,
  epochs: count,
  from: count,
  stepsPerEpoch: count,
  rows: z.strictObject({ train: count, validation: count, test: count }),
  parameters: count,
  /** What it learned from, in words, and a key that the same data share. */
  data: z.string(),
  dataKey: z.string(),
  /** Its layers in a line. */
  network: z.string(),
  engine: engineSchema,
  best: epoch,
  last: epoch,
  reading: readingSchema,
  parent: z.strictObject({ id: runIdSchema, epoch: count }).nullable(),
  weights: z.array(z.strictObject({ kind: weightsKindSchema, epoch: count, bytes: count })),
  /** Its weights were let go to keep the disk budget. */
  weightsGone: z.boolean(),
  repeat: repeatSchema.nullable()
})
export type KeptRun = z.infer<typeof keptRunSchema>

export const SORTS = ['started', 'name', 'loss', 'accuracy', 'epoch', 'seconds', 'parameters'] as const

export const runQuerySchema = z.strictObject({
  /** Words that are all found in a run's names, note, tags or network. */
  search: z.string().max(300),
  sort: z.enum(SORTS),
  descending: z.boolean(),
  /** Runs that share it stand together. */
  groupBy: z.enum(['none', 'project', 'data']),
  starred: z.boolean().optional(),
  status: runStatusSchema.optional(),
  tag: z.string().max(60).optional(),
  group: z.string().max(60).optional(),
  offset: count,
  limit: z.int().min(1).max(2000)
})
export type RunQuery = z.infer<typeof runQuerySchema>

/** What the list begins with: the newest on top. */
export const firstQuery: RunQuery = {
  search: '',
  sort: 'started',
  descending: true,
  groupBy: 'none',
  offset: 0,
  limit: 200
}

export const runListSchema = z.strictObject({
  /** Runs that fit the question, and all there are. */
  found: count,
  all: count,
  runs: z.array(keptRunSchema)
})
export type RunList = z.infer<typeof runListSchema>

/** What a person can change of a kept run. */
export const runChangeSchema = z.strictObject({
  name: z.string().max(120).optional(),
  note: z.string().max(10_000).optional(),
  tags: z.array(z.string().min(1).max(40)).max(20).optional(),
  starred: z.boolean().optional()
})
export type RunChange = z.infer<typeof runChangeSchema>

/** A point of a kept curve, with the seconds of computing until then. */
export const keptPointSchema = z.strictObject({ point: epochSchema, seconds: z.number() })
export type KeptPoint = z.infer<typeof keptPointSchema>

export const settingChangeSchema = z.strictObject({ epoch: count, path: z.string(), value: z.unknown() })
export type SettingChange = z.infer<typeof settingChangeSchema>

/** Where a run was trained. */
export const machineSchema = z.strictObject({
  netloom: z.string(),
  node: z.string(),
  electron: z.string().optional(),
  platform: z.string(),
  processor: z.string(),
  /** What TensorFlow was set up with; see `TensorflowSettings`. */
  threads: count,
  oneDnn: z.boolean()
})
export type Machine = z.infer<typeof machineSchema>

/** What the store takes on the disk, and what it may take. */
export const runSpaceSchema = z.strictObject({
  runs: count,
  /** Bytes of kept weights, and the most they may be. */
  weights: z.number(),
  budget: z.number(),
  /** Bytes of everything else. */
  database: z.number(),
  /** Names of damaged stores that were set aside, and of which nobody has taken notice yet. */
  setAside: z.array(z.string())
})
export type RunSpace = z.infer<typeof runSpaceSchema>

const snapshotSchema = z.strictObject({
  document: documentSchema,
  files: z.record(z.string().max(255), dataFileSchema)
})
/** A document with what is known of its files, as it was at one moment. */
export type RunSnapshot = z.infer<typeof snapshotSchema>

/** All there is to know of one run besides its curve and its weights. */
export const runDetailsSchema = z.strictObject({
  run: keptRunSchema,
  /** As it was when the run began, and as it was last. */
  begun: snapshotSchema,
  ended: snapshotSchema,
  changes: z.array(settingChangeSchema),
  machine: machineSchema
})
export type RunDetails = z.infer<typeof runDetailsSchema>
