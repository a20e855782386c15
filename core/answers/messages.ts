import { z } from 'zod'

/*
 * What the window asks about a network's answers, and what it is told. See `core/ipc.ts`.
 */

// Not z.instanceof: its type names the buffer's kind, which typed arrays from a port do not promise.
const floats = z.custom<Float32Array>((v) => v instanceof Float32Array, 'must be 32-bit floats')
const integers = z.custom<Int32Array>((v) => v instanceof Int32Array, 'must be 32-bit integers')

/** Most examples that are sent at once. */
export const MOST_EXAMPLES = 100

/** Most characters that are written at once. */
export const MOST_WRITTEN = 64

const part = z.enum(['train', 'validation', 'test'])
const row = z.int().nonnegative()
const epoch = z.int().nonnegative().optional()

/** Which examples are asked for: those of these rows, or a page of those that are so. */
export const exampleQuerySchema = z.union([
  z.strictObject({ rows: z.array(row).max(MOST_EXAMPLES) }),
  z.strictObject({
    /** Of this part; of all of them where it is not said. */
    part: part.optional(),
    /** With this class as their right answer. */
    truth: row.optional(),
    /** That were taken for this class. Only of a part whose answers were asked for. */
    given: row.optional(),
    /** That were answered wrongly. Only of a part whose answers were asked for. */
    wrong: z.literal(true).optional(),
    /** With this in the name of their class, or with this number. */
    search: z.string().max(100).optional(),
    /** By number, or by how sure the network is of its answer. */
    order: z.enum(['row', 'surest', 'unsurest']),
    from: z.int().nonnegative(),
    count: z.int().min(1).max(MOST_EXAMPLES)
  })
])
export type ExampleQuery = z.infer<typeof exampleQuerySchema>

/** An example that is looked at: a row of the data, or one from outside. */
export const askedExampleSchema = z.union([
  z.strictObject({ row }),
  z.strictObject({ values: floats }),
  /** Cells of a new row of the table, by the names of their columns, as a person writes them. */
  z.strictObject({ cells: z.record(z.string().max(300), z.string().max(10_000)) })
])
export type AskedExample = z.infer<typeof askedExampleSchema>

/** Renderer → trainer. */
export const answerRequests = [
  /** The network's answers to a part of the data, added up: now, or with the weights of an earlier epoch. */
  z.strictObject({ type: z.literal('answers'), id: z.int(), part, epoch }),
  /** Single examples with their right answers, and what the network last said to them in `answers`. */
  z.strictObject({ type: z.literal('examples'), id: z.int(), query: exampleQuerySchema }),
  /** What every node of the network answers to one example. */
  z.strictObject({ type: z.literal('inside'), id: z.int(), epoch, example: askedExampleSchema }),
  /**
   * What the network says to examples from outside, prepared: [rows, …shape], a byte stands for itself ÷ 255. All
   * questions of a job are answered with the weights of one moment.
   */
  z.strictObject({
    type: z.literal('tell'),
    id: z.int(),
    job: z.int(),
    epoch,
    x: z.union([floats, z.custom<Uint8Array>((v) => v instanceof Uint8Array, 'must be bytes')])
  }),
  /** How much the answers hang on each column of the data. */
  z.strictObject({ type: z.literal('importance'), id: z.int(), epoch }),
  /** What a recurrent layer does at each step of one example. */
  z.strictObject({
    type: z.literal('unrolled'),
    id: z.int(),
    epoch,
    nodeId: z.string().max(64),
    example: askedExampleSchema,
    /** Of a layer that reads both ways: which of them; forwards where it is not said. */
    way: z.enum(['forward', 'backward']).optional()
  }),
  /** What a network of characters writes after a beginning, and what it thinks comes next. */
  z.strictObject({
    type: z.literal('write'),
    id: z.int(),
    epoch,
    beginning: z.string().max(4000),
    count: z.int().min(0).max(MOST_WRITTEN),
    /** 1 draws characters as often as the network thinks; below it is bolder, above more daring. */
    temperature: z.number().min(0.05).max(5),
    seed: z.int().nonnegative()
  }),
  /** The weights of one node. */
  z.strictObject({ type: z.literal('weights'), id: z.int(), epoch, nodeId: z.string().max(64) })
] as const

const curveSchema = z.strictObject({
  /** [points, 4]: threshold, false positive rate, true positive rate (recall), precision. */
  points: floats,
  area: z.number(),
  averagePrecision: z.number()
})

const outcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('classes'),
    /** [classes · classes]: see `confusionOf`. */
    counts: integers,
    /** [classes]: how many answers have so many classes above the true one. */
    ranks: integers,
    /** Where there are two classes: of the second one. */
    curve: curveSchema.optional()
  }),
  z.strictObject({
    kind: z.literal('numbers'),
    /** Numbers an answer. */
    outputs: z.int(),
    /** A sample for a chart: row numbers, and right and given answers [rows, outputs]. */
    rows: integers,
    truth: floats,
    given: floats,
    r2: z.number(),
    meanAbsolute: z.number(),
    rootMeanSquared: z.number()
  })
])

const exampleSchema = z.strictObject({
  row,
  /** Undefined where it was taken out of the data. */
  part: part.optional(),
  /** Right answers: class numbers or values, [positions]; empty where the answer is the example itself. */
  truth: z.array(z.number()),
  /** The network's, where they are known. */
  given: z.array(z.number()).optional(),
  /** The share it gives to the class it names, [positions]. */
  confidence: z.array(z.number()).optional()
})
export type Example = z.infer<typeof exampleSchema>

const seenSchema = z.strictObject({
  /** Shape of the whole answer. */
  shape: z.array(z.int()),
  /** Of a picture the first channels, made smaller: [channels, height, width]. Of others the first numbers: [count]. */
  size: z.array(z.int()),
  values: floats
})
export type Seen = z.infer<typeof seenSchema>

const weightSchema = z.strictObject({
  shape: z.array(z.int()),
  /** The first numbers, row-major. */
  values: floats,
  mean: z.number(),
  deviation: z.number(),
  least: z.number(),
  most: z.number(),
  /** How many numbers each of the equal stretches from the least to the most holds. */
  histogram: integers
})
export type SeenWeight = z.infer<typeof weightSchema>

/** Trainer → renderer. What cannot be answered is answered with `noView`. */
export const answerReplies = [
  z.strictObject({
    type: z.literal('answers'),
    id: z.int(),
    part,
    epoch: z.int(),
    /** Rows of the part, and how many of them were looked at. */
    rows: z.int(),
    seen: z.int(),
    outcome: outcomeSchema
  }),
  z.strictObject({
    type: z.literal('examples'),
    id: z.int(),
    /** The epoch whose answers these are; undefined where there are none. */
    epoch: z.int().optional(),
    /** How many there are in all. */
    total: z.int(),
    examples: z.array(exampleSchema),
    shape: z.array(z.int()),
    /** [examples, …shape], as the data holds them: a byte stands for itself times `scale`. */
    x: z.union([floats, z.custom<Uint8Array>((v) => v instanceof Uint8Array, 'must be bytes')]),
    scale: z.number()
  }),
  /** The row that was typed cannot be prepared, and why. */
  z.strictObject({ type: z.literal('unprepared'), id: z.int(), message: z.string() }),
  z.strictObject({
    type: z.literal('inside'),
    id: z.int(),
    epoch: z.int(),
    /** [shape]: what went into the network. */
    x: floats,
    shape: z.array(z.int()),
    /** Shares of the classes [positions · classes], or the numbers that are the answer. */
    told: floats,
    /** The row's own right answers. */
    truth: z.array(z.number()),
    nodes: z.record(z.string(), seenSchema)
  }),
  z.strictObject({
    type: z.literal('told'),
    id: z.int(),
    epoch: z.int(),
    /** [rows, classes] shares, or [rows, numbers] in the units of the data. */
    told: floats
  }),
  z.strictObject({
    type: z.literal('unrolled'),
    id: z.int(),
    epoch: z.int(),
    steps: z.int(),
    units: z.int(),
    /** The places of the example's steps in the order of reading. */
    order: integers,
    /** [steps]: 1 where a step counts, 0 where it only fills up. */
    counts: floats,
    /** [steps, inputs]: what the layer gets. */
    inputs: floats,
    /** `hidden` and the cell's gates, [steps, units] each. */
    states: z.record(z.string(), floats)
  }),
  z.strictObject({
    type: z.literal('written'),
    id: z.int(),
    epoch: z.int(),
    text: z.string(),
    /** [classes]: the share of each character to follow the beginning. */
    shares: floats
  }),
  z.strictObject({
    type: z.literal('importance'),
    id: z.int(),
    epoch: z.int(),
    /** Whose rows were shuffled, and how many of them. */
    part,
    rows: z.int(),
    /** Share of right answers, or R², of the rows as they are. */
    score: z.number(),
    columns: z.array(z.strictObject({ name: z.string(), drop: z.number(), deviation: z.number() }))
  }),
  z.strictObject({
    type: z.literal('weights'),
    id: z.int(),
    epoch: z.int(),
    weights: z.record(z.string(), weightSchema)
  })
] as const
