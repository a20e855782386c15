import { clipboard, nativeTheme } from 'electron'
import type { AppInfo, Handlers, Settings } from '@core/ipc'
import { readDocument } from '@core/document/parse'
import { fail, ok } from '@core/result'
import type { Imports } from './data/imports'
import type { Exports } from './export/exports'
import type { Autosave } from './files/autosave'
import { exportFile, type AskExport } from './files/exports'
import type { Projects } from './files/projects'
import type { RecentProjects } from './files/recent'
import type { Stored } from './files/stored'
import type { DataProcess } from './data/dataProcess'
import type { PictureFolders } from './data/pictureFolders'
import type { Dialogs } from './files/projects'
import { log } from './log'
import type { Races } from './race/races'
import type { Sweeps } from './sweep/sweeps'
import type { Runs, RunsProcess } from './runs/runs'
import type { Smoke } from './smoke'
import type { Trainer } from './trainer/trainer'
import type { MainWindow } from './window/mainWindow'

/** What the requests are answered with. */
export interface Services {
  readonly info: AppInfo
  readonly settings: Stored<Settings>
  readonly projects: Projects
  readonly recent: RecentProjects
  readonly autosave: Autosave
  readonly imports: Imports
  readonly trainer: Trainer
  readonly data: DataProcess
  readonly dialogs: Dialogs
  readonly folders: PictureFolders
  readonly keptRuns: RunsProcess
  readonly runs: Runs
  readonly sweeps: Sweeps
  readonly races: Races
  /** Paths of what was dropped onto the window last. */
  readonly dropped: () => readonly string[]
  readonly smoke: Smoke | undefined
  readonly askExport: AskExport
  readonly exports: Exports
  readonly window: () => MainWindow
}

/** One function a request. */
export function makeHandlers(services: Services): Handlers {
  const {
    info,
    settings,
    projects,
    recent,
    autosave,
    imports,
    trainer,
    data,
    dialogs,
    folders,
    dropped,
    smoke,
    askExport,
    exports,
    races,
    window
  } = services
  return {
    'app:info': () => info,
    'settings:get': () => settings.value,
    'settings:set': (value) => {
      nativeTheme.themeSource = value.theme
      return settings.set(value)
    },
    'window:title': ({ name, edited }) => window().setTitle(name, edited),
    'window:fullScreen': (on) => window().window.setFullScreen(on),
    'window:close': async () => {
      await autosave.discard()
      // After the answer: the page that waits for it is about to go.
      setImmediate(() => window().close())
    },
    'project:new': () => projects.startNew(),
    'project:open': () => projects.openByDialog(),
    'project:openRecent': (handle) => projects.openRecent(handle),
    'project:openBytes': (name, bytes) => projects.openBytes(name, bytes),
    'project:openDropped': () => {
      const [path] = dropped()
      return path === undefined ? notDropped() : projects.openPath(path)
    },
    'project:openOffered': () => projects.openOffered(),
    'project:save': (request) => projects.save(request),
    'project:autosave': (request) => projects.keep(request),
    'project:discardAutosave': async () => {
      await autosave.discard()
      await autosave.forgetLeftBehind()
    },
    'project:recent': () => recent.all(),
    'project:forget': (handle) => recent.forget(handle),
    'project:recoverable': () => autosave.recoverable(),
    'project:recover': () => projects.recover(),
    'data:choose': (as) => projects.chooseData(as),
    'data:begin': (name) => imports.begin(name),
    'data:piece': (id, bytes) => imports.piece(id, bytes),
    'data:drop': (id) => imports.finish(id),
    'data:preview': (name, file, read) => data.ask('previewTable', imports.placeOf(file), name, read),
    'data:reread': (name, file, read) => imports.again(name, file, read),
    'data:cancel': () => imports.cancel(),
    'library:list': () => data.ask('library'),
    'library:get': (name) => data.ask('get', name),
    'library:stop': (name, how) => data.ask('stop', name, how),
    'library:import': async (name) => {
      const paths = await dialogs.openSet()
      if (paths.length === 0) return ok(false)
      const taken = await data.ask('import', name, paths)
      return taken.ok ? ok(true) : taken
    },
    'library:importDropped': (name) => {
      const paths = [...dropped()]
      return paths.length > 0 ? data.ask('import', name, paths) : notDropped()
    },
    'file:export': (request) => exportFile(askExport, request),
    'export:make': (order) => exports.make(order),
    'export:save': () => exports.save(),
    'export:show': () => exports.show(),
    'export:end': () => exports.end(),
    'text:copy': (text) => clipboard.writeText(text),
    'pictures:choose': (settings) => folders.choose(settings),
    'pictures:dropped': (settings) => folders.read(dropped()[0], settings),
    'pictures:again': (key, settings) => folders.again(key, settings),
    'pictures:stop': () => data.ask('stopReading'),
    'pictures:details': (key) => data.ask('folderDetails', key),
    'pictures:split': (key, asked) => data.ask('splitPictures', key, asked),
    'pictures:beforeAfter': (key, settings) => folders.beforeAfter(key, settings),
    'rows:choose': async (what, form) => {
      const one = { table: () => dialogs.openData('table'), folder: dialogs.openFolder }
      const paths = what === 'pictures' ? await dialogs.openSet() : [await one[what]()]
      const chosen = paths.filter((path) => path !== undefined)
      return chosen.length > 0 ? data.ask('openRows', chosen, form) : ok(undefined)
    },
    'rows:dropped': (form) => {
      const paths = [...dropped()]
      return paths.length > 0 ? data.ask('openRows', paths, form) : notDropped()
    },
    'rows:again': (id, form) => data.ask('reopenRows', id, form),
    'rows:next': (id) => data.ask('nextRows', id),
    'rows:look': (id, rows) => data.ask('lookAtRows', id, rows),
    'rows:close': (id) => data.ask('closeRows', id),
    'trainer:state': () => trainer.state,
    'trainer:prepare': async (document, files) => {
      const checked = readDocument(document)
      return checked.ok ? trainer.prepare(checked.value, files) : checked
    },
    'trainer:start': async (request) => {
      const checked = readDocument(request.document)
      return checked.ok ? trainer.start({ ...request, document: checked.value }) : checked
    },
    'trainer:bringBack': async (document, files) => {
      const checked = readDocument(document)
      return checked.ok ? trainer.bringBack(checked.value, files) : checked
    },
    'trainer:reset': () => trainer.offer(undefined),
    ...runsHandlers(services),
    ...sweepHandlers(services),
    'race:begin': (race) => races.begin(race),
    'race:say': (what) => races.say(what),
    'smoke:done': (report) => smoke?.done(report),
    'smoke:failed': (why) => {
      if (smoke) smoke.fail(why)
      else log.error(`the page reports a failed smoke test: ${why}`)
    }
  }
}

const notDropped = () => fail({ code: 'no-drop', message: 'Nothing was dropped that lies on this computer.' })

type RunsHandlers = Pick<Handlers, Extract<keyof Handlers, `runs:${string}`>>

function runsHandlers({ keptRuns, runs, projects, trainer }: Services): RunsHandlers {
  return {
    'runs:list': (query) => keptRuns.ask('list', query),
    'runs:details': (id) => keptRuns.ask('details', id),
    'runs:points': (id, most) => keptRuns.ask('points', id, most),
    'runs:change': (ids, change) => keptRuns.ask('change', ids, change),
    'runs:remove': (ids) => keptRuns.ask('remove', ids),
    'runs:restore': (ids) => keptRuns.ask('restore', ids),
    'runs:tags': () => keptRuns.ask('tags'),
    'runs:space': () => keptRuns.ask('space'),
    'runs:setBudget': (bytes) => keptRuns.ask('setBudget', bytes),
    'runs:noticed': () => keptRuns.ask('noticed'),
    'runs:open': (id, kind) => runs.open(projects, id, kind),
    'runs:takeWeights': async (id, kind, document, files) => {
      const checked = readDocument(document)
      return checked.ok ? runs.takeWeights(trainer, id, kind, { document: checked.value, files }) : checked
    },
    'runs:repeat': (id) => runs.repeat(id),
    'runs:stopRepeating': () => runs.stopRepeating()
  }
}

type SweepHandlers = Pick<Handlers, Extract<keyof Handlers, `sweeps:${string}`>>

function sweepHandlers({ keptRuns, sweeps }: Services): SweepHandlers {
  return {
    'sweeps:list': () => keptRuns.ask('sweeps'),
    'sweeps:details': (id) => keptRuns.ask('sweep', id),
    'sweeps:progress': (id) => keptRuns.ask('sweepProgress', id),
    'sweeps:pictures': (id) => keptRuns.ask('sweepPictures', id),
    'sweeps:begin': (document, files, plan) => sweeps.begin(document, files, plan),
    'sweeps:goOn': (id) => sweeps.goOn(id),
    'sweeps:pause': (id) => keptRuns.ask('wantSweep', id, 'pause'),
    'sweeps:cancel': (id) => keptRuns.ask('wantSweep', id, 'cancel'),
    'sweeps:remove': (id) => sweeps.remove(id),
    'sweeps:restore': (id) => keptRuns.ask('restoreSweep', id)
  }
}
