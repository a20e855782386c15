import { z } from 'zod'
import { dataFileSchema, readOptionsSchema } from '../data/files'
import { splitSettingsSchema } from '../data/pictureGroups/preview'
import { pictureSettingsSchema } from '../data/pictureSettings'
import { documentSchema } from '../document/schema'
import type { ExportPreview } from '../export/preview'
import { raceSchema } from '../race/race'
import type { Result } from '../result'
import { runIdSchema, weightsKindSchema } from '../runs/kept'
import {
  EXPORT_KINDS,
  settingsSchema,
  type AppInfo,
  type ExportKind,
  type ImportedFile,
  type OpenedProject,
  type RecentProject,
  type Settings
} from './app'
import type { DataAnswer } from './dataProcess'
import { exportOrderSchema } from './export'
import type { requestNames } from './names'
import { runsQuestions, type RunsAnswer } from './runsProcess'
import { rowsFormSchema, type OpenedRows } from './newRows'
import { startSchema, type TrainerState } from './trainer'
import { bytes, fileName, files } from './values'

const png = bytes.refine((b) => b.length < 4 << 20, 'a thumbnail is small')

const project = z.strictObject({
  document: documentSchema,
  files,
  thumbnail: png.optional(),
  accuracy: z.number().optional()
})

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
  /** A trained model of another program that was dropped onto the window last. */
  'project:openDropped': declare<Result<OpenedProject>>()(none),
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
  /** Asks for a table or a text by dialog and reads it; also to find one again that is missing. Undefined where the person cancels. */
  'data:choose': declare<Result<ImportedFile | undefined>>()(z.tuple([z.enum(['table', 'text'])])),
  /** A file dropped onto the window comes in pieces: it is begun, its pieces follow in turn, and `data:drop` reads it. */
  'data:begin': declare<number>()(z.tuple([fileName])),
  'data:piece': declare<Result<void>>()(z.tuple([z.int(), bytes])),
  'data:drop': declare<Result<ImportedFile | undefined>>()(z.tuple([z.int()])),
  /** The first rows of a file of the project, as they would be read in another way. */
  'data:preview': declare<DataAnswer<'previewTable'>>()(
    z.tuple([fileName, dataFileSchema, readOptionsSchema])
  ),
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
   * Makes an export and reads it back, in a process of its own that keeps it until it is saved or another one is asked
   * for; undefined where it was given up for that.
   */
  'export:make': declare<Result<ExportPreview | undefined>>()(z.tuple([exportOrderSchema])),
  /** Asks by dialog where to put the export that was made last, and writes its folder. */
  'export:save': declare<Result<{ readonly savedAs: string } | undefined>>()(none),
  /** Shows the folder that was saved last in the system's own window. */
  'export:show': declare<void>()(none),
  /** Gives up what is being made, and forgets what was. */
  'export:end': declare<void>()(none),
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
  'pictures:split': declare<DataAnswer<'splitPictures'>>()(z.tuple([folderKey, splitSettingsSchema])),
  'pictures:beforeAfter': declare<DataAnswer<'beforeAfter'>>()(z.tuple([folderKey, pictureSettingsSchema])),
  /** Asks by dialog for what a trained network is to answer; undefined where the person cancels. */
  'rows:choose': declare<Result<OpenedRows | undefined>>()(
    z.tuple([z.enum(['table', 'folder', 'pictures']), rowsFormSchema])
  ),
  /** The same from what was dropped onto the window last. */
  'rows:dropped': declare<Result<OpenedRows | undefined>>()(z.tuple([rowsFormSchema])),
  /** What was opened, from its first row again. */
  'rows:again': declare<DataAnswer<'reopenRows'>>()(z.tuple([z.int(), rowsFormSchema])),
  'rows:next': declare<DataAnswer<'nextRows'>>()(z.tuple([z.int()])),
  'rows:look': declare<DataAnswer<'lookAtRows'>>()(
    z.tuple([z.int(), z.array(z.int().nonnegative()).max(100)])
  ),
  'rows:close': declare<DataAnswer<'closeRows'>>()(z.tuple([z.int()])),
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
  /** The kept runs, what is known of one, and its curve. See `runsQuestions`. */
  'runs:list': declare<RunsAnswer<'list'>>()(runsQuestions.list.args),
  'runs:details': declare<RunsAnswer<'details'>>()(runsQuestions.details.args),
  'runs:points': declare<RunsAnswer<'points'>>()(runsQuestions.points.args),
  'runs:change': declare<RunsAnswer<'change'>>()(runsQuestions.change.args),
  'runs:remove': declare<RunsAnswer<'remove'>>()(runsQuestions.remove.args),
  'runs:restore': declare<RunsAnswer<'restore'>>()(runsQuestions.restore.args),
  'runs:tags': declare<RunsAnswer<'tags'>>()(none),
  'runs:space': declare<RunsAnswer<'space'>>()(none),
  'runs:setBudget': declare<RunsAnswer<'setBudget'>>()(runsQuestions.setBudget.args),
  'runs:noticed': declare<RunsAnswer<'noticed'>>()(none),
  /** Opens a run as a project, with one of its states or untrained. */
  'runs:open': declare<Result<OpenedProject>>()(z.tuple([runIdSchema, weightsKindSchema.nullable()])),
  /** Puts what a run has learned into this network, as far as its layers fit. */
  'runs:takeWeights': declare<Result<void>>()(
    z.tuple([runIdSchema, weightsKindSchema, documentSchema, files])
  ),
  /** Trains a run again beside everything else, and compares; `runs:repeating` tells how it goes. */
  'runs:repeat': declare<Result<void>>()(z.tuple([runIdSchema])),
  'runs:stopRepeating': declare<void>()(none),
  /** Sweeps: see `SweepPlan`. Processes of their own train them, and what they come to is asked for. */
  'sweeps:list': declare<RunsAnswer<'sweeps'>>()(none),
  'sweeps:details': declare<RunsAnswer<'sweep'>>()(runsQuestions.sweep.args),
  'sweeps:progress': declare<RunsAnswer<'sweepProgress'>>()(runsQuestions.sweep.args),
  'sweeps:pictures': declare<RunsAnswer<'sweepPictures'>>()(runsQuestions.sweep.args),
  'sweeps:begin': declare<Result<string>>()(runsQuestions.createSweep.args),
  'sweeps:goOn': declare<Result<void>>()(runsQuestions.sweep.args),
  'sweeps:pause': declare<Result<void>>()(runsQuestions.sweep.args),
  'sweeps:cancel': declare<Result<void>>()(runsQuestions.sweep.args),
  'sweeps:remove': declare<Result<void>>()(runsQuestions.sweep.args),
  'sweeps:restore': declare<Result<void>>()(runsQuestions.sweep.args),
  /** Trains variants of a network in step; `race:news` tells how it goes. */
  'race:begin': declare<Result<void>>()(z.tuple([raceSchema])),
  'race:say': declare<void>()(z.tuple([z.enum(['pause', 'play', 'stop'])])),
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
