import { app, nativeTheme, powerSaveBlocker } from 'electron'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { defaultSettings, settingsSchema } from '@core/ipc'
import { FIRST_SETTINGS } from '@core/run/tensorflow'
import trainerPath from '../trainer/main?modulePath'
import dataPath from '../trainer/data/main?modulePath'
import importWorkerPath from '../trainer/data/importWorker?modulePath'
import picturesPath from '../trainer/data/pictures/worker?modulePath'
import exportPath from '../trainer/export/main?modulePath'
import rerunPath from '../trainer/runs/rerunMain?modulePath'
import racePath from '../trainer/race/main?modulePath'
import sweepPath from '../trainer/sweep/main?modulePath'
import runsPath from '../trainer/runs/main?modulePath'
import viewWorkerPath from '../trainer/views/worker?modulePath'
import { Imports } from './data/imports'
import { fileArgument } from './arguments'
import { dataProcess } from './data/dataProcess'
import { PictureFolders } from './data/pictureFolders'
import { exportDialog, fileDialogs, folderDialog } from './dialogs'
import { ExportProcess } from './export/exportProcess'
import { Exports } from './export/exports'
import { Autosave } from './files/autosave'
import { Projects } from './files/projects'
import { RecentProjects } from './files/recent'
import { Stored } from './files/stored'
import { makeHandlers } from './handlers'
import { Runs, runsProcess } from './runs/runs'
import { Races } from './race/races'
import { Sweeps } from './sweep/sweeps'
import { readAppInfo } from './info'
import { emit, handleRequests, onDropped, onPortRequest } from './ipc'
import { log } from './log'
import { keepScreenshot } from './screenshot'
import { Smoke, temporaryUserData } from './smoke'
import { Trainer } from './trainer/trainer'
import { placeSchema } from './window/bounds'
import { guardContents, guardSession } from './window/guards'
import { MainWindow } from './window/mainWindow'
import { installMenu } from './window/menu'
import { declareScheme, serveScheme } from './window/scheme'

const smoking = process.argv.includes('--smoke')
const screenshot = process.env['NETLOOM_SCREENSHOT']
const folder = import.meta.dirname

process.on('uncaughtException', (error) => log.error('uncaught', error))
process.on('unhandledRejection', (error) => log.error('unhandled', error))

// Where the system cannot give a sandbox (root, containers) the switch says so, and enabling it would end every
// process at its start. The page runs as sandboxed code either way.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
declareScheme()
guardContents()
if (smoking) temporaryUserData()
else {
  // Electron leaves the switch to the app.
  const chosen = app.commandLine.getSwitchValue('user-data-dir') || process.env['NETLOOM_USER_DATA']
  if (chosen) app.setPath('userData', resolve(chosen))
}
log.open(join(app.getPath('userData'), 'logs'))

let main: MainWindow | undefined
let projects: Projects | undefined
let trainer: Trainer | undefined
let sweeps: Sweeps | undefined
/** Came before there was a window to show it. */
let early = fileArgument(process.argv, process.cwd())
const page = () => (main?.window.isDestroyed() ? undefined : main?.window.webContents)

function offerFile(path: string): void {
  if (!projects || !main) {
    early = path
    return
  }
  projects.offer(path)
  main.focus()
  emit(page(), 'project:offered', null)
}

if (!app.requestSingleInstanceLock({ file: early })) app.exit(0)
else {
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const { file } = z.object({ file: z.string().optional() }).parse(data)
    if (file !== undefined) offerFile(file)
    main?.focus()
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    offerFile(path)
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    const last = trainer
    if (!last) return
    trainer = undefined
    event.preventDefault()
    void Promise.all([last.end(), sweeps?.end()]).finally(() => app.quit())
  })
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      log.error('Netloom could not start', error)
      process.stderr.write(`Netloom could not start: ${String(error)}\n`)
      app.exit(1)
    })
}

async function start(): Promise<void> {
  const began = performance.now()
  const userData = app.getPath('userData')
  let blocker: number | undefined
  const autosave = new Autosave(join(userData, 'autosave'), randomUUID())
  const imports = new Imports(importWorkerPath, join(userData, 'data'), (progress) =>
    emit(page(), 'data:progress', progress)
  )
  const runsFolder = join(userData, 'runs')
  trainer = new Trainer(
    { trainer: trainerPath, viewWorker: viewWorkerPath, data: imports.folder, runs: runsFolder },
    {
      onState: (state) => emit(page(), 'trainer:state', state),
      onTraining: (on) => {
        if (on) blocker ??= powerSaveBlocker.start('prevent-app-suspension')
        else if (blocker !== undefined) {
          powerSaveBlocker.stop(blocker)
          blocker = undefined
        }
      },
      onNotKept: (words) => emit(page(), 'runs:notKept', words),
      onSafeState: ({ bytes }) => autosave.saveState(bytes)
    }
  )
  // Loading TensorFlow takes longest, and nearly every first project is a small one.
  trainer.launch(FIRST_SETTINGS)
  guardSession()
  serveScheme(join(folder, '../renderer'))

  const settings = new Stored(join(userData, 'settings.json'), settingsSchema, defaultSettings)
  const place = new Stored(join(userData, 'window.json'), placeSchema.optional(), undefined)
  const recent = new RecentProjects(userData)
  const [info] = await Promise.all([
    readAppInfo(join(folder, '../build-info.json'), app.getVersion(), smoking),
    settings.load(),
    place.load(),
    recent.load(),
    autosave.load()
  ])
  nativeTheme.themeSource = settings.value.theme

  const window = new MainWindow(join(folder, '../preload/index.cjs'), place, {
    onClosing: () => emit(page(), 'window:closing', null),
    onCrash: () => autosave.abandon(randomUUID())
  })
  main = window
  const dialogs = fileDialogs(() => window.window)
  const data = dataProcess(
    { data: dataPath, pictures: picturesPath },
    {
      onFetching: (progress) => emit(page(), 'library:progress', progress),
      onReading: (progress) => emit(page(), 'pictures:progress', progress)
    }
  )
  projects = new Projects(recent, autosave, trainer, dialogs, imports, (path) => data.ask('openModel', path))
  const exports = new Exports(
    new ExportProcess({ bundle: exportPath, data: imports.folder }, (step) =>
      emit(page(), 'export:step', step)
    ),
    trainer,
    folderDialog(() => window.window)
  )
  const folders = new PictureFolders(data, dialogs, userData)
  const keptRuns = runsProcess(runsPath, runsFolder)
  const runs = new Runs(keptRuns, { bundle: rerunPath, runs: runsFolder, data: imports.folder }, (progress) =>
    emit(page(), 'runs:repeating', progress)
  )
  const races = new Races({ bundle: racePath, runs: runsFolder, data: imports.folder }, (news) =>
    emit(page(), 'race:news', news)
  )
  sweeps = new Sweeps(keptRuns, { bundle: sweepPath, runs: runsFolder, data: imports.folder })
  const smoke = smoking
    ? new Smoke(() => main?.window, screenshot ?? join(tmpdir(), 'netloom-smoke.png'), endSmoke)
    : undefined
  let dropped: readonly string[] = []
  onDropped(page, (paths) => (dropped = paths))
  handleRequests(
    makeHandlers({
      ...{
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
        smoke,
        keptRuns,
        runs,
        sweeps,
        races
      },
      dropped: () => dropped,
      askExport: exportDialog(() => window.window),
      exports,
      window: () => window
    }),
    page,
    () => window.markListening()
  )
  onPortRequest(page, (nonce) => trainer?.connect(window.window.webContents, nonce))
  installMenu((command) => emit(page(), 'menu:command', command))
  const sendTheme = () => emit(page(), 'window:theme', nativeTheme.shouldUseDarkColors ? 'dark' : 'light')
  nativeTheme.on('updated', sendTheme)
  window.window.webContents.on('did-finish-load', () => {
    sendTheme()
    if (early === undefined) return
    offerFile(early)
    early = undefined
  })
  if (screenshot !== undefined && !smoking) keepScreenshot(window.window, screenshot)
  await window.load()
  log.info(`window loaded ${Math.round(performance.now() - began)} ms after the app was ready`)
}

function endSmoke(code: number): void {
  const last = trainer
  trainer = undefined
  void Promise.resolve(last?.end()).finally(() => app.exit(code))
}
