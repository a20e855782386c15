import { z } from 'zod'
import { answerReplies, answerRequests } from './answers/messages'
import { sampleSchema } from './data/sample'
import { documentSchema, type Document } from './document/schema'
import { readingProgressSchema } from './data/pictureFolder'
import { pictureSettingsSchema } from './data/pictureSettings'
import { fetchProgressSchema, type DataAnswer } from './ipcData'
import { dataFileSchema, readOptionsSchema, type DataFile, type ProjectFiles } from './data/files'
import type { eventNames, requestNames } from './ipcNames'
import type { Problem, Result } from './result'
import { engineSchema, epochSchema, runEventSchema, type EngineInfo } from './run/events'

/*
 * Every message between processes. What crosses a trust boundary has a schema, and the receiver parses it:
 * main parses what the renderer asks, the trainer parses what comes over the port, the renderer parses events.
 */

const fileName = z.string().max(255)
const files = z.record(fileName, dataFileSchema)
// Not z.instanceof: its type names the buffer's kind, which typed arrays from a port do not promise.
const bytes = z.custom<Uint8Array>((v) => v instanceof Uint8Array, 'must be bytes')
const floats = z.custom<Float32Array>((v) => v instanceof Float32Array, 'must be 32-bit floats')
const integers = z.custom<Int32Array>((v) => v instanceof Int32Array, 'must be 32-bit integers')
const png = bytes.refine((b) => b.length < 4 << 20, 'a thumbnail is small')

/** What a person can set for the whole app. */
export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Shapes as well as colours for classes. */
  classShapes: z.boolean(),
  /** Widths and panels a person has arranged, by name. */
  layout: z.record(z.string().max(40), z.number())
})
export type Settings = z.infer<typeof settingsSchema>
export const defaultSettings: Settings = { theme: 'system', classShapes: false, layout: {} }

/** Files that the window makes of what it shows, by kind. */
export const EXPORT_KINDS = {
  csv: { title: 'Table', ending: 'csv' },
  png: { title: 'Picture', ending: 'png' },
  svg: { title: 'Drawing', ending: 'svg' },
  txt: { title: 'Text', ending: 'txt' }
} as const
export type ExportKind = keyof typeof EXPORT_KINDS

/** What About and the status bar say. */
export interface AppInfo {
  readonly version: string
  readonly electron: string
  readonly chromium: string
  readonly node: string
  readonly platform: string
  /** Electron came from a stand-in distribution, and from which. */
  readonly standIn: string | undefined
  /** --smoke: train the first project and report. */
  readonly smoke: boolean
}

/** A project in the list of recent ones. Paths stay in main: the renderer gets a handle. */
export interface RecentProject {
  readonly handle: string
  readonly name: string
  readonly folder: string
  /** Milliseconds since 1970. */
  readonly opened: number
  readonly thumbnail: Uint8Array | undefined
  /** Best validation accuracy, where it was trained. */
  readonly accuracy: number | undefined
  readonly missing: boolean
}

/** A project that was opened or recovered. */
export interface OpenedProject {
  readonly document: Document
  readonly files: ProjectFiles
  /** File name without ending and folder; undefined for one never saved. */
  readonly savedAs: string | undefined
  readonly trained: boolean
  readonly recovered: boolean
  /** What could not be read of its files. */
  readonly problems: readonly Problem[]
}

/** A file that was taken into the data store. */
export interface ImportedFile {
  readonly name: string
  readonly file: DataFile
}

const project = z.strictObject({
  document: documentSchema,
  files,
  thumbnail: png.optional(),
  accuracy: z.number().optional()
})

const startSchema = z.strictObject({
  document: documentSchema,
  files,
  /** A new start, on from where the network is, or on from the last checkpoint of a trainer that died. */
  from: z.enum(['scratch', 'current', 'checkpoint']),
  /** Run on, or stop again after one batch or one epoch. */
  until: z.enum(['end', 'batch', 'epoch'])
})
export type StartRequest = z.infer<typeof startSchema>

const none = z.tuple([])
const setName = z.string().max(60)
const folderKey = z.string().regex(/^[0-9a-f]{64}$/)
const declare =
  <R>() =>
  <A extends z.ZodTuple>(args: A) =>
    ({ args }) as { readonly args: A; readonly result?: () => R }

/** Renderer → main. `undefined` as a value of a Result means the person cancelled the dialog. */
export const requests = {
  'app:info': declare<AppInfo>()(none),
  'settings:get': declare<Settings>()(none),
  'settings:set': declare<void>()(z.tuple([settingsSchema])),
  'window:title': declare<void>()(
    z.tuple([z.strictObject({ name: z.string().max(200), edited: z.boolean() })])
  ),
  'window:fullScreen': declare<void>()(z.tuple([z.boolean()])),
  /** The person has decided about unsaved changes: the window may close now. */
  'window:close': declare<void>()(none),
  'project:new': declare<void>()(none),
  'project:open': declare<Result<OpenedProject | undefined>>()(none),
  'project:openRecent': declare<Result<OpenedProject>>()(z.tuple([z.string().max(100)])),
  /** A file dropped onto the window, as its name and bytes: the renderer never names a path. */
  'project:openBytes': declare<Result<OpenedProject>>()(z.tuple([z.string().max(255), bytes])),
  /** Opens the file that project:offered told of. */
  'project:openOffered': declare<Result<OpenedProject>>()(none),
  'project:save': declare<Result<{ savedAs: string } | undefined>>()(
    z.tuple([project.extend({ as: z.boolean() })])
  ),
  /** Keeps unsaved work against a crash. */
  'project:autosave': declare<void>()(z.tuple([project])),
  /** The work is saved or given up: nothing to recover. */
  'project:discardAutosave': declare<void>()(none),
  'project:recent': declare<readonly RecentProject[]>()(none),
  'project:forget': declare<void>()(z.tuple([z.string().max(100)])),
  /** Work that a crash left behind. */
  'project:recoverable': declare<{ readonly name: string; readonly saved: number } | undefined>()(none),
  'project:recover': declare<Result<OpenedProject>>()(none),
  /** Asks for a table by dialog and reads it; also to find one again that is missing. Undefined where the person cancels. */
  'data:choose': declare<Result<ImportedFile | undefined>>()(none),
  /** A file dropped onto the window comes in pieces: it is begun, its pieces follow in turn, and `data:drop` reads it. */
  'data:begin': declare<number>()(z.tuple([fileName])),
  'data:piece': declare<Result<void>>()(z.tuple([z.int(), bytes])),
  'data:drop': declare<Result<ImportedFile | undefined>>()(z.tuple([z.int()])),
  /** Reads a file of the project again, in another way. */
  'data:reread': declare<Result<ImportedFile | undefined>>()(
    z.tuple([fileName, dataFileSchema, readOptionsSchema])
  ),
  /** Gives up the import that is under way; who waits for it gets undefined. */
  'data:cancel': declare<void>()(none),
  /** The data sets that Netloom knows by name. */
  'library:list': declare<DataAnswer<'library'>>()(none),
  /** Fetches one of them, going on where an earlier try left off; done when it is here, or when it was stopped. */
  'library:get': declare<DataAnswer<'get'>>()(z.tuple([setName])),
  'library:stop': declare<DataAnswer<'stop'>>()(z.tuple([setName, z.enum(['pause', 'cancel'])])),
  /** Asks by dialog for the published files of one; false where the person chose none. */
  'library:import': declare<Result<boolean>>()(z.tuple([setName])),
  /** The same from what was dropped onto the window last. */
  'library:importDropped': declare<Result<void>>()(z.tuple([setName])),
  /** Asks by dialog where to put a file that the window has made, and writes it. The name is a suggestion. */
  'file:export': declare<Result<{ readonly savedAs: string } | undefined>>()(
    z.tuple([
      z.strictObject({
        name: z.string().max(200),
        kind: z.enum(Object.keys(EXPORT_KINDS) as [ExportKind, ...ExportKind[]]),
        bytes: bytes.refine((b) => b.length < 256 << 20, 'an export is smaller')
      })
    ])
  ),
  /** Puts text onto the system's clipboard. */
  'text:copy': declare<void>()(z.tuple([z.string().max(1_000_000)])),
  /**
   * Asks for a folder of pictures by dialog and reads it, at a size that suits it where none is given; null where the
   * person gives it up.
   */
  'pictures:choose': declare<DataAnswer<'readFolder'>>()(z.tuple([pictureSettingsSchema.nullable()])),
  /** The same with the folder that was dropped onto the window last. */
  'pictures:dropped': declare<DataAnswer<'readFolder'>>()(z.tuple([pictureSettingsSchema.nullable()])),
  /** Reads a folder that is known by its key at this size, where that was not done before; null: it is there already. */
  'pictures:again': declare<DataAnswer<'readFolder'>>()(z.tuple([folderKey, pictureSettingsSchema])),
  'pictures:stop': declare<DataAnswer<'stopReading'>>()(none),
  'pictures:details': declare<DataAnswer<'folderDetails'>>()(z.tuple([folderKey])),
  'pictures:beforeAfter': declare<DataAnswer<'beforeAfter'>>()(z.tuple([folderKey, pictureSettingsSchema])),
  'trainer:state': declare<TrainerState>()(none),
  /** Gets the network ready, so that Train answers at once and its untrained picture can be shown. */
  'trainer:prepare': declare<Result<void>>()(z.tuple([documentSchema, files])),
  'trainer:start': declare<Result<void>>()(z.tuple([startSchema])),
  /**
   * Back to the trained state that the last start or the last step back in time gave up. The one that is given up for
   * it can be brought back the same way.
   */
  'trainer:bringBack': declare<Result<void>>()(z.tuple([documentSchema, files])),
  /** Gives up the trained state that opened with a project. */
  'trainer:reset': declare<void>()(none),
  'smoke:done': declare<void>()(
    z.tuple([z.strictObject({ accuracy: z.number(), engine: z.string(), epochs: z.number() })])
  ),
  'smoke:failed': declare<void>()(z.tuple([z.string().max(2000)]))
} as const satisfies { readonly [N in (typeof requestNames)[number]]: unknown }

export type Requests = typeof requests
export type RequestName = keyof Requests
export type RequestArgs<N extends RequestName> = z.infer<Requests[N]['args']>
export type RequestResult<N extends RequestName> = ReturnType<NonNullable<Requests[N]['result']>>

/** One function a request: main has to have all of them, or it does not compile. */
export type Handlers = {
  readonly [N in RequestName]: (...args: RequestArgs<N>) => Promise<RequestResult<N>> | RequestResult<N>
}

/** How the training process is. */
export const trainerStateSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('starting') }),
  z.strictObject({ status: z.literal('ready'), engine: engineSchema }),
  /** It ended without being asked to; another one is being started. `checkpoint` is the epoch that is safe. */
  z.strictObject({
    status: z.literal('died'),
    message: z.string(),
    training: z.boolean(),
    checkpoint: z.int().optional()
  })
])
export type TrainerState = z.infer<typeof trainerStateSchema>

/** Commands of the menu, which the keyboard shares. */
export const menuCommands = [
  'new',
  'open',
  'save',
  'saveAs',
  'undo',
  'redo',
  'duplicate',
  'delete',
  'selectAll',
  'train',
  'stop',
  'startOver',
  'bringBack',
  'present',
  'fit',
  'tidy',
  'shortcuts',
  'about',
  'settings'
] as const
export type MenuCommand = (typeof menuCommands)[number]

/** Main → renderer. */
export const events = {
  'trainer:state': trainerStateSchema,
  'menu:command': z.enum(menuCommands),
  /** The window is to close: ask about unsaved changes, then request window:close. */
  'window:closing': z.null(),
  'window:theme': z.enum(['light', 'dark']),
  /** How far the import has come; null when it is over. */
  'data:progress': z
    .strictObject({ name: z.string(), done: z.number().min(0).max(1), rows: z.int().nonnegative() })
    .nullable(),
  /**
   * A file came from outside: a double-click on it, or the name of one on the command line. Ask about unsaved
   * changes, then request project:openOffered.
   */
  'project:offered': z.null(),
  'library:progress': fetchProgressSchema,
  'pictures:progress': readingProgressSchema
} as const satisfies { readonly [N in (typeof eventNames)[number]]: unknown }
export type Events = { readonly [N in keyof typeof events]: z.infer<(typeof events)[N]> }
export type EventName = keyof Events

/** What the preload script gives the page as `window.netloom`. */
export interface NetloomApi {
  /** Rejects when main refuses the message; what a person can mend comes as a Result. */
  request<N extends RequestName>(name: N, ...args: RequestArgs<N>): Promise<RequestResult<N>>
  /** Returns the function that ends it. */
  on<N extends EventName>(name: N, listener: (payload: Events[N]) => void): () => void
  /** What a window message with the trainer's port carries; another one for each page. */
  readonly portNonce: string
}

export { PORT_MESSAGE } from './ipcNames'

const view = z.strictObject({
  /** Pixels. */
  width: z.int().min(2).max(400),
  height: z.int().min(2).max(400),
  /** [x from, x to, y from, y to] of the plane. Row 0 is at the top, y to. */
  domain: z.tuple([z.number(), z.number(), z.number(), z.number()])
})
export type ViewWindow = z.infer<typeof view>

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
    tiles: view.optional()
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
  ...answerRequests
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
  ...answerReplies
])
export type FromTrainer = z.infer<typeof fromTrainerSchema>
export type TrainerView = Extract<FromTrainer, { type: 'view' }>
export type Score = Extract<FromTrainer, { type: 'score' }>
export type BaselinesAnswer = Extract<FromTrainer, { type: 'baselines' }>
export type SampleAnswer = Extract<FromTrainer, { type: 'sample' }>
export type Answers = Extract<FromTrainer, { type: 'answers' }>
export type Examples = Extract<FromTrainer, { type: 'examples' }>
export type Inside = Extract<FromTrainer, { type: 'inside' }>
export type Importance = Extract<FromTrainer, { type: 'importance' }>
export type NodeWeights = Extract<FromTrainer, { type: 'weights' }>

/** Main → trainer, over the parent port. A port to the renderer comes along with `port`. */
export type MainToTrainer =
  | { readonly type: 'port' }
  | {
      readonly type: 'prepare'
      readonly id: number
      readonly document: Document
      readonly files: ProjectFiles
      /** Bytes of a checkpoint to continue from; null forgets the present one; undefined keeps what fits. */
      readonly checkpoint?: Uint8Array | null
    }
  | {
      readonly type: 'start'
      readonly id: number
      readonly request: StartRequest
      readonly checkpoint?: Uint8Array
    }
  /** Goes to this state, ending a run. */
  | {
      readonly type: 'recall'
      readonly id: number
      readonly document: Document
      readonly files: ProjectFiles
      readonly checkpoint: Uint8Array
    }
  /** The present state as checkpoint bytes. */
  | { readonly type: 'capture'; readonly id: number }
  | { readonly type: 'bye' }

/** Trainer → main, over the parent port. */
export type TrainerToMain =
  | { readonly type: 'ready'; readonly engine: EngineInfo }
  | { readonly type: 'reply'; readonly id: number; readonly result: Result<void> }
  | { readonly type: 'captured'; readonly id: number; readonly checkpoint: Uint8Array | undefined }
  | { readonly type: 'training'; readonly on: boolean; readonly epoch: number }
  /** Written about once a second while training, so that a crash costs at most that. */
  | { readonly type: 'checkpoint'; readonly epoch: number; readonly checkpoint: Uint8Array }
  /** Written before what was trained is given up. */
  | {
      readonly type: 'givingUp'
      readonly epoch: number
      /** `structureKey` of its document. */
      readonly structure: string
      readonly checkpoint: Uint8Array
    }
  | { readonly type: 'bye' }

export type { EngineInfo, Problem }
export { epochSchema }
