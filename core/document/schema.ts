import { z } from 'zod'
import { FILLS } from '../data/augmentation/place'
import { pictureFolderSchema } from '../data/pictureFolder'
import { columnSettingSchema } from '../data/table/setting'
import type { Config, FieldValue, Part } from '../registry/fields'

/** The version this build writes. Raise it together with a migration in `migrate.ts`. */
export const DOCUMENT_VERSION = 4

const id = z
  .string()
  .regex(/^[A-Za-z][\w-]{0,63}$/, 'it must start with a letter and hold letters, digits, - and _')
  // What is derived from a document is looked up by id in plain objects.
  .refine((v) => !(v in Object.prototype), 'this word has a meaning in JavaScript already')
const finite = z.number().refine(Number.isFinite, 'must be a number')

// Parts nest (an activation in a dense layer), so the value's schema refers to itself.
const fieldValue: z.ZodType<FieldValue> = z.lazy(() =>
  z.union([
    finite,
    z.boolean(),
    z.string(),
    partSchema,
    pictureFolderSchema,
    z.array(columnSettingSchema).readonly()
  ])
)
/** Settings as somebody wrote them. */
export const configSchema: z.ZodType<Config> = z
  .record(z.string(), fieldValue)
  .meta({ id: 'Config', description: 'Settings by name; those that are not there have their default' })
const partSchema: z.ZodType<Part> = z
  .strictObject({ type: z.string(), config: configSchema })
  .meta({ id: 'Part', description: 'One object of a registry, such as an activation, with its settings' })

const endSchema = z.strictObject({ node: id, port: z.string() }).readonly()

const nodeSchema = z
  .strictObject({
    type: z.string().describe('A layer of the registry, by its type'),
    name: z
      .string()
      .max(80)
      .optional()
      .describe('The user’s own name for it; the layer’s title where there is none'),
    config: configSchema,
    frozen: z.literal(true).optional().describe('Its weights stay as they are while the rest learns'),
    position: z.strictObject({ x: finite, y: finite }).readonly()
  })
  .readonly()

const networkSchema = z
  .strictObject({
    id,
    name: z.string().max(80),
    nodes: z.record(id, nodeSchema).readonly(),
    edges: z.array(z.strictObject({ from: endSchema, to: endSchema }).readonly()).readonly()
  })
  .readonly()

const share = z.number().min(0)

const correctionSchema = z
  .strictObject({
    row: z.int().min(0).describe('From 0, in the order in which the source gives them'),
    label: z
      .int()
      .min(0)
      .nullable()
      .describe('The class it belongs to, in place of the one it came with; null leaves the row out'),
    before: z
      .strictObject({ epoch: z.int().min(0), loss: finite, accuracy: finite.optional() })
      .readonly()
      .nullable()
      .optional()
      .describe('Of a row of the test: its score before the row was touched; null where there was none')
  })
  .readonly()

/** The parts a training is made of. */
export const TRAINING_PARTS = ['scheme', 'optimizer', 'schedule', 'clipping'] as const
export type TrainingPart = (typeof TRAINING_PARTS)[number]

/** The document: everything a person made. Plain JSON, versioned, read only. */
export const documentSchema = z
  .strictObject({
    format: z.literal('netloom'),
    version: z.literal(DOCUMENT_VERSION),
    name: z.string().min(1).max(120),
    networks: z
      .array(networkSchema)
      .min(1)
      .readonly()
      .describe(
        'Several where a system has several, as a GAN has two. Node ids are unique across all of them'
      ),
    data: z
      .strictObject({
        source: partSchema,
        seed: z.int().min(0).max(0xffffffff),
        split: z
          .strictObject({
            train: share.describe(
              'Rows to learn from: up to 1 a share of all rows, above 1 a number of rows'
            ),
            test: share.describe(
              'Rows kept for one honest score at the end, counted in the same way; the rest is validation'
            ),
            stratify: z
              .literal(false)
              .optional()
              .describe(
                'Rows go to the parts by chance; else every part has the classes in the same proportion'
              ),
            group: z
              .string()
              .max(300)
              .optional()
              .describe(
                'Rows that stay in one part: of a table, those with the same value in this column; of a folder of pictures, those whose names have this in common (folder, number, first:_, last:_)'
              ),
            copies: z
              .literal('once')
              .optional()
              .describe('Of copies of a picture only one is used; else they are used and stay in one part')
          })
          .readonly(),
        corrections: z
          .array(correctionSchema)
          .max(10_000)
          .readonly()
          .optional()
          .describe('What a person has mended in single rows; at most one entry a row'),
        augmentation: z
          .strictObject({
            steps: z
              .array(partSchema)
              .max(20)
              .readonly()
              .describe('Ways of the registry in which a picture is changed, each of them at most once'),
            fill: z
              .enum(FILLS)
              .describe('What stands where a picture shows what is beyond its edge: Keras’ fill_mode')
          })
          .readonly()
          .optional()
          .describe('How pictures to learn from are changed, anew in every epoch')
      })
      .readonly(),
    training: z
      .strictObject({
        scheme: partSchema.describe('The way of learning: what is done in a step'),
        optimizer: partSchema,
        schedule: partSchema.describe('How the learning rate changes in the course of the training'),
        clipping: partSchema.describe('How gradients are kept from being too large'),
        epochs: z.int().min(1).max(10_000_000),
        batchSize: z.int().min(1).max(1_000_000).nullable().describe('Examples a step; null is all of them'),
        seed: z.int().min(0).max(0xffffffff),
        engine: z.enum(['auto', 'native', 'wasm', 'fused']),
        threads: z
          .int()
          .min(1)
          .max(64)
          .nullable()
          .describe(
            'Processor cores to use; null leaves it to the engine. One makes a rerun bit for bit the same'
          ),
        patience: z
          .int()
          .min(0)
          .max(1_000_000)
          .describe(
            'Epochs without a better validation loss after which training stops; 0 never stops early'
          ),
        restoreBest: z.boolean().describe('Go back to the best epoch when patience has run out'),
        stopAt: z
          .strictObject({
            steps: z.int().min(1).max(1_000_000_000).nullable(),
            seconds: finite.refine((v) => v > 0, 'must be above 0').nullable(),
            loss: finite.nullable().describe('Validation loss, or training loss without a validation part')
          })
          .readonly()
          .describe('Ends training before its epochs are over; null never does')
      })
      .readonly(),
    view: z
      .strictObject({
        pace: z.enum(['slow', 'normal', 'full']),
        pinned: z
          .array(z.string().max(200))
          .max(3)
          .readonly()
          .describe('Paths of up to three settings that presentation mode shows'),
        metrics: z
          .array(z.string().max(40))
          .max(12)
          .readonly()
          .default([])
          .describe('Metrics of the registry that are measured after each epoch, by type'),
        map: z
          .strictObject({
            x: z.string().max(300).describe('The column from left to right'),
            y: z.string().max(300).describe('The column from bottom to top'),
            held: z
              .record(z.string().max(300), z.string().max(1000))
              .readonly()
              .describe('Cells of other columns, by name; those that are not there have what is usual')
          })
          .readonly()
          .optional()
          .describe('What the map of the network’s answers shows of a table with several columns')
      })
      .readonly(),
    lesson: z.string().max(80).optional().describe('The lesson this project was opened from')
  })
  .readonly()

export type Document = z.infer<typeof documentSchema>
export type Network = Document['networks'][number]
export type NetworkNode = Network['nodes'][string]
export type Edge = Network['edges'][number]
export type EdgeEnd = Edge['from']
export type Pace = Document['view']['pace']

/** A stable name of an edge. */
export function edgeId({ from, to }: Edge): string {
  return `${from.node}.${from.port}-${to.node}.${to.port}`
}

/** The network that holds this node. */
export function networkOf(document: Document, nodeId: string): Network | undefined {
  return document.networks.find((n) => Object.hasOwn(n.nodes, nodeId))
}

/** The node of this id, in whichever network it is. */
export function nodeOf(document: Document, nodeId: string): NetworkNode | undefined {
  return networkOf(document, nodeId)?.nodes[nodeId]
}

/** The JSON Schema that is published in docs/document.schema.json. */
export function documentJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(documentSchema, {
    io: 'input',
    // In TypeScript a document is never changed in place; a file may be.
    override: ({ jsonSchema }) => delete jsonSchema.readOnly
  })
  return {
    $schema,
    title: 'Netloom document',
    description: `document.json of a .netloom project, version ${DOCUMENT_VERSION}. Which types and settings there are, and in what range, is the registry's to say (core/registry).`,
    ...schema
  }
}
