import { defaultSettings, type AppInfo, type Events, type OpenedProject, type Settings } from '@core/ipc'
import type { Suggestion } from '@core/templates/tableProject'
import { lessonOf } from '@core/lessons'
import { emptyProject, firstProject } from '@core/templates'
import type { PictureFolder } from '@core/data/pictureFolder'
import type { Document } from '@core/document/schema'
import type { ProjectFiles } from '@core/data/files'
import type { Problem, Result } from '@core/result'
import type { WeightsKind } from '@core/runs/kept'
import { RunsState } from '../runs/runs.svelte'
import { RaceState } from '../race/race.svelte'
import { SweepsState } from '../sweep/sweeps.svelte'
import { AnswersView } from '../answers/answers.svelte'
import { ExampleBrowser } from '../answers/browser.svelte'
import { FirstExamples } from '../answers/firstExamples.svelte'
import { Probe } from '../answers/probe.svelte'
import { Writer } from '../answers/writer.svelte'
import { InsideView } from '../inside/inside.svelte'
import { SaliencyView } from '../inside/saliency.svelte'
import { hasSaliency } from '../inside/saliencyWords'
import { NewRows } from '../newRows/newRows.svelte'
import { coveredRun } from '../training/covered'
import { listen, request } from './bridge'
import { LibraryState } from './library.svelte'
import { PicturesState } from './pictures.svelte'
import { PictureSplitState } from './pictureSplit.svelte'
import { ProjectState } from './project.svelte'
import { TrainerLink } from './trainer.svelte'
import { LiveView } from './view.svelte'

/** A short message that goes away by itself, or with a click. */
export interface Notice {
  readonly id: number
  readonly kind: 'done' | 'problem'
  readonly message: string
  readonly detail?: string
  /** What can be done about it. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** How long the document rests before it is kept against a crash, in ms. */
const AUTOSAVE_REST = 2000

/** Main sets the chosen theme as the system's, so this is right before the settings are known. */
const darkSystem = window.matchMedia('(prefers-color-scheme: dark)')

/** How a project begins. */
interface StartOptions {
  /** Training at once. */
  readonly train?: boolean
  /** Tables that come with it. */
  readonly files?: ProjectFiles
  /** Why it begins as it does. */
  readonly suggestions?: readonly Suggestion[]
}

export type DialogName =
  'unsaved' | 'export' | 'shortcuts' | 'about' | 'settings' | 'recover' | 'startOver' | 'summary' | 'read'
export type RailTab = 'layers' | 'data' | 'lessons'
export type DrawerTab = 'training' | 'inside' | 'answers' | 'examples' | 'columns' | 'try' | 'problems'

/** The whole window: one project, one trainer, and what is shown of them. */
export class AppState {
  readonly library = new LibraryState()
  readonly pictures = new PicturesState()
  readonly project = new ProjectState([this.library, this.pictures])
  readonly pictureSplit = new PictureSplitState(this.project)
  readonly trainer = new TrainerLink(this.project)
  readonly view = new LiveView(this.project, this.trainer, () => this.settings)
  readonly answers = new AnswersView(this.project, this.trainer, this.view)
  readonly probe = new Probe(this.trainer, this.view)
  readonly inside = new InsideView(this.project, this.trainer, this.view)
  readonly saliency = new SaliencyView(this.trainer, this.view, this.probe, () =>
    hasSaliency(this.project.derivation)
  )
  readonly browser = new ExampleBrowser(this.project, this.trainer)
  readonly writer = new Writer(this.project, this.trainer, this.view, this.probe)
  readonly runs = new RunsState(this)
  readonly sweeps = new SweepsState(this)
  readonly race = new RaceState(this)
  readonly newRows = new NewRows(this.project, this.trainer, this.view)
  readonly firstExamples = new FirstExamples(this.project, this.trainer)

  screen = $state<'start' | 'workspace'>('start')
  /** The kept runs are shown in the place of that screen. */
  runsOpen = $state(false)
  runsTab = $state<'runs' | 'sweeps' | 'race'>('runs')
  presenting = $state(false)
  /** What was measured on new examples is covered, so that a class can guess. */
  covered = $state(false)
  /** The run as far as it is to be seen now. */
  readonly seen = $derived(this.covered ? coveredRun(this.trainer.run) : this.trainer.run)
  dialog = $state<DialogName>()
  /** Which start the question about starting over is about. */
  startOverHow = $state<'same' | 'new'>('same')
  /** The explanation why Train is waiting is open. */
  whyWaiting = $state(false)
  /** The project's name is being edited. */
  renaming = $state(false)
  /** The rail is folded away, and its panel floats over the canvas. */
  railFlyout = $state(false)
  railTab = $state<RailTab>('layers')
  drawerTab = $state<DrawerTab>('training')
  /** What was suggested for a table, until it is read. */
  suggestions = $state.raw<readonly Suggestion[]>([])
  /** The project was made of a model of another program, and the card that says so is open. */
  broughtIn = $state(false)
  /** The import that is under way. */
  importing = $state.raw<Events['data:progress']>(null)
  notices = $state.raw<readonly Notice[]>([])
  settings = $state.raw<Settings>(defaultSettings)
  info = $state.raw<AppInfo>()
  /** Work that a crash left behind, until it is recovered or given up. */
  recoverable = $state.raw<{ readonly name: string; readonly saved: number }>()
  private systemTheme = $state<'light' | 'dark'>(darkSystem.matches ? 'dark' : 'light')
  readonly theme = $derived(this.settings.theme === 'system' ? this.systemTheme : this.settings.theme)
  /** The program of the network stands beside the canvas. */
  readonly codeShown = $derived(this.settings.layout['code'] === 1)
  readonly mac = $derived(this.info?.platform.startsWith('darwin') === true)
  readonly lesson = $derived(lessonOf(this.project.document.lesson))

  /** What only the canvas can do; set while there is one. */
  canvas = $state.raw<{ fit(): void; tidy(): void; reveal?(nodeId: string): void }>()
  /** Puts the focus on the inspector's first control; set while there is an inspector. */
  focusInspector: (() => void) | undefined
  /** Draws a small picture of the project; set by the view that can. */
  thumbnail: (() => Promise<Uint8Array | undefined>) | undefined
  /** What to do once the question about unsaved changes is answered. */
  private afterUnsaved: (() => void) | undefined
  private noticeId = 0
  /** The training that the file on disk holds, as `trainingKey`: empty for what came with it when it was opened. */
  private savedTraining = $state('')
  private readonly trainingKey = $derived(
    this.trainer.run.runId === undefined ? '' : `${this.trainer.run.runId}/${this.trainer.run.epoch}`
  )
  /**
   * Something would be lost: edits, or training that a file does not have yet. Training alone is no reason to ask
   * about a project that was never saved: its seed brings the same network back.
   */
  readonly unsaved = $derived(
    this.project.edited || (this.project.savedAs !== undefined && this.trainingKey !== this.savedTraining)
  )
  /** The window is about to close, and the work in it is saved or given up. */
  private closing = false

  /** Call once, in an effect root; returns the way to stop. */
  connect(): () => void {
    const stops = [
      this.trainer.connect(),
      this.view.connect(),
      this.library.connect(() => this.project.document),
      this.pictures.connect(
        () => this.project.document,
        ({ folder }) => this.folderChanged(folder)
      ),
      this.pictureSplit.connect(),
      this.answers.connect(),
      this.probe.connect(),
      this.inside.connect(),
      this.saliency.connect(),
      this.browser.connect(),
      this.firstExamples.connect(),
      this.writer.connect(),
      this.runs.connect(),
      this.race.connect(),
      listen('window:theme', (theme) => (this.systemTheme = theme)),
      listen('window:closing', () => this.guard(() => void this.close())),
      listen('project:offered', () => this.openOffered()),
      listen('data:progress', (progress) => (this.importing = progress))
    ]
    void this.load()
    $effect(() => {
      document.documentElement.dataset['theme'] = this.theme
    })
    $effect(() => {
      const named = this.screen === 'workspace' ? this.project.document.name : ''
      void request('window:title', {
        name: named,
        edited: this.screen === 'workspace' && this.unsaved
      })
    })
    $effect(() => {
      const { document, files, edited } = this.project
      if (!edited || this.screen === 'start') return
      const timer = setTimeout(() => {
        if (!this.closing) void request('project:autosave', { document, files })
      }, AUTOSAVE_REST)
      return () => clearTimeout(timer)
    })
    return () => stops.forEach((stop) => stop())
  }

  private async load(): Promise<void> {
    this.settings = await request('settings:get')
    this.info = await request('app:info')
    if (this.info.smoke) return
    this.recoverable = await request('project:recoverable')
    if (this.recoverable) this.dialog = 'recover'
  }

  changeSettings(change: Partial<Settings>): void {
    this.settings = { ...this.settings, ...change }
    void request('settings:set', this.settings)
  }

  showCode(shown: boolean): void {
    this.changeSettings({ layout: { ...this.settings.layout, code: shown ? 1 : 0 } })
  }

  /** Runs `then` at once, or after asking what to do with unsaved changes. */
  guard(then: () => void): void {
    if (this.screen === 'workspace' && this.unsaved) {
      this.afterUnsaved = then
      this.dialog = 'unsaved'
    } else then()
  }

  /** The answer to the question about unsaved changes. */
  async answerUnsaved(answer: 'save' | 'discard' | 'cancel'): Promise<void> {
    this.dialog = undefined
    const then = this.afterUnsaved
    this.afterUnsaved = undefined
    if (answer === 'cancel') return
    if (answer === 'save' && !(await this.save(false))) return
    then?.()
  }

  /** Nothing is left to recover once the window closes in good order. */
  private async close(): Promise<void> {
    this.closing = true
    await request('project:discardAutosave')
    await request('window:close')
  }

  /** Opens a template, a lesson or an empty canvas. */
  startFrom(document: Document, start: StartOptions = {}): void {
    this.guard(() => void this.begin(document, start))
  }

  /** Opens the first project, already training; done when it is in sight. */
  trainFirst(): Promise<void> {
    let begun = Promise.resolve()
    this.guard(() => {
      begun = this.begin(firstProject, { train: true })
    })
    return begun
  }

  private async begin(
    document: Document,
    { train = false, files = {}, suggestions = [] }: StartOptions
  ): Promise<void> {
    await request('project:new')
    this.enter({ document, files, savedAs: undefined, trained: false, recovered: false, problems: [] })
    this.suggestions = suggestions
    if (suggestions.length > 0) this.railTab = 'data'
    if (train)
      void this.trainer.start('scratch').then((started) => {
        if (!started.ok) this.tellProblem(started.problems[0]!)
      })
  }

  /** The start screen offers all there is to begin with; there, it is an empty canvas. */
  newProject(): void {
    if (this.screen === 'start') this.startFrom(emptyProject)
    else this.goHome()
  }

  openFile(): void {
    this.guard(() => void request('project:open').then((r) => this.show(r)))
  }
  openRecent(handle: string): void {
    this.guard(() => void request('project:openRecent', handle).then((r) => this.show(r)))
  }
  openDropped(file: File): void {
    this.guard(() => {
      void file
        .arrayBuffer()
        .then((buffer) => request('project:openBytes', file.name, new Uint8Array(buffer)))
        .then((r) => this.show(r))
    })
  }
  /** Opens the trained model that was dropped onto the window last. */
  openDroppedModel(): void {
    this.guard(() => void request('project:openDropped').then((r) => this.show(r)))
  }
  /** Opens a kept run as a project, with one of its states or untrained. */
  openRun(id: string, kind: WeightsKind | null): void {
    this.guard(() => void this.runs.open(id, kind).then((r) => this.show(r)))
  }
  /** Puts a sweep over this setting together. */
  trySeveral(path: string): void {
    this.sweeps.restart(path)
    this.runsTab = 'sweeps'
    this.runsOpen = true
  }
  /** Puts a race together of variants that differ in a setting, of this node where one is given. */
  raceAgainst(nodeId?: string): void {
    const own = this.sweeps.settings.find(({ path }) => path.startsWith(`nodes.${nodeId ?? ''}.`))
    this.race.restart(own?.path)
    this.runsTab = 'race'
    this.runsOpen = true
  }
  /** Puts what a kept run has learned into the network that is open. */
  async takeRunWeights(id: string, kind: WeightsKind): Promise<void> {
    const { document, files } = this.project
    const taken = await request('runs:takeWeights', id, kind, document, files)
    if (!taken.ok) {
      this.tellProblem(taken.problems[0]!)
      return
    }
    this.view.rewind = undefined
    this.trainer.belongsToProject()
    this.runsOpen = false
    this.tell('The network has the weights of that run.', {
      label: 'Bring mine back',
      run: () => void this.trainer.bringBack()
    })
  }
  /** A file that was double-clicked, or named on the command line. */
  private openOffered(): void {
    this.guard(() => void request('project:openOffered').then((r) => this.show(r)))
  }
  recover(): void {
    this.dialog = undefined
    this.recoverable = undefined
    void request('project:recover').then((r) => this.show(r))
  }
  giveUpRecovery(): void {
    this.dialog = undefined
    this.recoverable = undefined
    void request('project:discardAutosave')
  }

  private show(result: Result<OpenedProject | undefined>): void {
    if (!result.ok) this.tellProblem(result.problems[0]!)
    else if (result.value) this.enter(result.value)
  }

  private enter(project: OpenedProject): void {
    // What was open before is saved or given up; recovered work is kept until it is saved.
    if (!project.recovered) void request('project:discardAutosave')
    this.trainer.reset()
    this.view.rewind = undefined
    this.answers.reset()
    this.probe.reset()
    this.saliency.reset()
    this.newRows.reset()
    this.newRows.mode = 'one'
    this.browser.reset()
    this.writer.reset()
    this.covered = false
    this.savedTraining = ''
    this.renaming = false
    this.whyWaiting = false
    this.railFlyout = false
    this.suggestions = []
    this.broughtIn = project.broughtIn === true
    this.project.open(project)
    for (const problem of project.problems) this.tellProblem(problem)
    this.railTab = project.document.lesson ? 'lessons' : 'layers'
    this.drawerTab = 'training'
    this.presenting = false
    this.runsOpen = false
    this.screen = 'workspace'
  }

  /** What is in a folder of pictures is not what it was when the project was made. */
  private folderChanged(folder: PictureFolder): void {
    const { source } = this.project.document.data
    const config = { ...source.config, folder }
    this.project.apply({ kind: 'setData', change: { source: { type: source.type, config } } })
    this.tell(`The pictures of ${folder.name} have changed since. The project uses them as they are now.`)
  }

  /** Back to the start screen. */
  goHome(): void {
    this.guard(() => {
      if (this.trainer.active) this.trainer.stop()
      void request('project:discardAutosave')
      this.presenting = false
      this.screen = 'start'
    })
  }

  /** True once the project is on disk; false if the person cancelled or it failed. */
  async save(as: boolean): Promise<boolean> {
    const { document, files } = this.project
    const training = this.trainingKey
    const accuracy = this.trainer.run.best?.valAccuracy ?? this.trainer.run.best?.trainAccuracy
    const thumbnail = await this.thumbnail?.()
    const result = await request('project:save', {
      document,
      files,
      as,
      ...(thumbnail ? { thumbnail } : {}),
      ...(accuracy === undefined ? {} : { accuracy })
    })
    if (!result.ok) {
      this.tellProblem(result.problems[0]!)
      return false
    }
    if (!result.value) return false
    this.project.markSaved(document, files, result.value.savedAs)
    this.savedTraining = training
    this.tell(`Saved ${result.value.savedAs}.`)
    return true
  }

  /** Says what was done, with a way to take it back where there is one. */
  tell(message: string, action?: Notice['action']): void {
    this.notice({ kind: 'done', message, ...(action ? { action } : {}) })
  }
  tellProblem(problem: Problem): void {
    this.notice({
      kind: 'problem',
      message: problem.message,
      ...(problem.detail ? { detail: problem.detail } : {})
    })
  }
  dismiss(id: number): void {
    this.notices = this.notices.filter((n) => n.id !== id)
  }

  private notice(notice: Omit<Notice, 'id'>): void {
    const id = ++this.noticeId
    this.notices = [...this.notices.slice(-2), { ...notice, id }]
    if (notice.kind === 'done') setTimeout(() => this.dismiss(id), notice.action ? 15_000 : 4000)
  }
}

/** The one app of this window. */
export const app = new AppState()
