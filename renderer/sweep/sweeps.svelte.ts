import type { KeptPoint } from '@core/runs/kept'
import { firstQuery } from '@core/runs/kept'
import { fail, ok, type Problem, type Result } from '@core/result'
import { plannedEpochs } from '@core/sweep/halving'
import { planTrials, valuesInto, type Planned } from '@core/sweep/plan'
import { processesFor } from '@core/sweep/processes'
import { sweepSettings, type SweepSetting } from '@core/sweep/settings'
import { suggestedValues } from '@core/sweep/suggest'
import type { SweepDetails, SweepPlan, SweepSummary, SweptValue } from '@core/sweep/sweep'
import { readVariation } from '@core/sweep/values'
import { repeatedly } from './watch'
import { request } from '../state/bridge'
import type { AppState } from '../state/app.svelte'

/** How often a sweep that goes on is looked at, in ms. */
const LOOK_EVERY = 700
/** Of so many looks at one sweep, one is at all of them. */
const LIST_EVERY = 4
/** Points of a small curve. */
const POINTS = 120
/** The grid of a small picture of the plane. */
export const PICTURE = { width: 64, height: 48 }

/** One setting of a sweep that is being put together; the values as a person writes them. */
export interface DraftRow {
  readonly path: string
  readonly text: string
}

/** A sweep that is being put together. */
export interface Draft {
  readonly rows: readonly DraftRow[]
  readonly random: boolean
  readonly combinations: number
  readonly seeds: number
  readonly epochs: number
  readonly halving: boolean
}

/** A plan that could begin, and how long it takes. */
export interface Ready {
  readonly plan: SweepPlan
  readonly planned: Planned
  /** Milliseconds; undefined while the network’s speed is not known. */
  readonly ms: number | undefined
}

const nothing: Draft = { rows: [], random: false, combinations: 20, seeds: 3, epochs: 200, halving: false }

/** Sweeps: the one that is put together, and what the others came to. */
export class SweepsState {
  list = $state.raw<readonly SweepSummary[]>([])
  loaded = $state(false)
  failure = $state<string>()
  /** The sweep that is looked at; undefined: one is put together. */
  shown = $state<string>()
  details = $state.raw<SweepDetails>()
  /** What the networks answer over the plane, by place of their trial. */
  pictures = $state.raw<ReadonlyMap<number, Float32Array>>(new Map())
  /** Curves, by id of the run. */
  curves = $state.raw<ReadonlyMap<string, readonly KeptPoint[]>>(new Map())
  draft = $state.raw<Draft>(nothing)
  beginning = $state(false)
  private looks = 0
  readonly settings: readonly SweepSetting[]
  readonly ready: Result<Ready>

  constructor(private readonly app: AppState) {
    this.settings = $derived(sweepSettings(app.project.document))
    this.ready = $derived(this.check())
  }

  /** Keeps what is shown fresh while the screen is there; returns the way to stop. */
  watch(): () => void {
    void this.load()
    if (this.draft.rows.length === 0) this.restart()
    return repeatedly(() => this.look(), LOOK_EVERY)
  }

  /** Begins to put a sweep together, over this setting where one is given. */
  restart(path?: string): void {
    const { document } = this.app.project
    const setting =
      this.settings.find((one) => one.path === path) ??
      this.settings.find(({ group, field }) => group === 'Network' && field.kind === 'int') ??
      this.settings.find((one) => one.path === 'training.optimizer.learningRate')
    this.shown = undefined
    this.details = undefined
    this.draft = {
      ...nothing,
      epochs: document.training.epochs,
      rows: setting ? [{ path: setting.path, text: suggestedValues(setting) }] : []
    }
  }

  change(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change }
  }

  changeRow(at: number, row: DraftRow): void {
    this.change({ rows: this.draft.rows.map((one, i) => (i === at ? row : one)) })
  }

  addRow(): void {
    const used = this.draft.rows.map(({ path }) => path)
    const free = this.settings.filter(({ path }) => !used.includes(path))
    const next = free.find(({ path }) => path === 'training.optimizer.learningRate') ?? free[0]
    if (next) this.change({ rows: [...this.draft.rows, { path: next.path, text: suggestedValues(next) }] })
  }

  removeRow(at: number): void {
    this.change({ rows: this.draft.rows.filter((_, i) => i !== at) })
  }

  async begin(): Promise<void> {
    const { ready } = this
    if (!ready.ok || this.beginning) return
    this.beginning = true
    const { document, files } = this.app.project
    const begun = await request('sweeps:begin', document, files, ready.value.plan)
    this.beginning = false
    if (!begun.ok) return this.app.tellProblem(begun.problems[0]!)
    await this.load()
    await this.show(begun.value)
  }

  async show(id: string): Promise<void> {
    this.shown = id
    if (this.details?.id !== id) {
      this.details = undefined
      this.pictures = new Map()
      this.curves = new Map()
    }
    const found = await request('sweeps:details', id)
    if (this.shown !== id) return
    if (!found.ok) {
      this.shown = undefined
      return this.app.tellProblem(found.problems[0]!)
    }
    this.details = found.value
    await this.learn()
  }

  pause(): Promise<void> {
    return this.tell('sweeps:pause')
  }
  goOn(): Promise<void> {
    return this.tell('sweeps:goOn')
  }
  cancel(): Promise<void> {
    return this.tell('sweeps:cancel')
  }

  async remove(id: string): Promise<void> {
    await request('sweeps:cancel', id)
    const removed = await request('sweeps:remove', id)
    if (!removed.ok) return this.app.tellProblem(removed.problems[0]!)
    if (this.shown === id) this.shown = undefined
    await this.load()
    this.app.tell('Deleted the sweep. Its runs stay.', {
      label: 'Bring back',
      run: () => void request('sweeps:restore', id).then(() => this.load())
    })
  }

  /** Puts the values of a combination into the project that is open, as one step of undo. */
  take(values: readonly SweptValue[]): void {
    const { project } = this.app
    const next = valuesInto(project.document, this.details!.plan, values)
    if (!next.ok) return this.app.tellProblem(next.problems[0]!)
    if (next.value === project.document) return this.app.tell('The project has these settings already.')
    project.replace(next.value, 'take settings of a sweep')
    this.app.runsOpen = false
    this.app.tell('The project has these settings now.', { label: 'Undo', run: () => project.undo() })
  }

  /** Shows runs of the sweep among all runs. */
  async showRuns(ids: readonly string[]): Promise<void> {
    const { runs } = this.app
    this.app.runsTab = 'runs'
    runs.ask({ ...firstQuery, group: this.shown })
    runs.clear()
    for (const id of ids) await runs.choose(id, true)
  }

  private async tell(what: 'sweeps:pause' | 'sweeps:goOn' | 'sweeps:cancel'): Promise<void> {
    const done = await request(what, this.shown!)
    if (!done.ok) return this.app.tellProblem(done.problems[0]!)
    await this.look(true)
    await this.load()
  }

  async load(): Promise<void> {
    const found = await request('sweeps:list')
    this.loaded = true
    this.failure = found.ok ? undefined : found.problems[0]!.message
    if (found.ok) this.list = found.value
  }

  private async look(anyway = false): Promise<void> {
    const { details, shown } = this
    if (!details || shown === undefined || details.id !== shown) return
    if (!anyway && ['done', 'cancelled'].includes(details.status) && !details.trials.some(({ busy }) => busy))
      return
    const found = await request('sweeps:progress', shown)
    if (!found.ok || this.shown !== shown) return
    const before = details.status
    this.details = { ...details, ...found.value }
    await this.learn()
    if (before !== found.value.status || ++this.looks % LIST_EVERY === 0) await this.load()
  }

  /** Pictures or curves of trials that have come to something since. */
  private async learn(): Promise<void> {
    const details = this.details!
    const marked = details.trials.filter(({ marks }) => marks.length > 0)
    if (details.plan.picture) {
      const found = marked.some(({ place }) => !this.pictures.has(place)) || details.status === 'done'
      if (!found) return
      const pictures = await request('sweeps:pictures', details.id)
      if (pictures.ok && this.shown === details.id)
        this.pictures = new Map(pictures.value.map(({ place, values }) => [place, values]))
      return
    }
    for (const { run } of marked) {
      if (!run || this.curves.has(run.id)) continue
      const points = await request('runs:points', run.id, POINTS)
      if (this.shown !== details.id) return
      if (points.ok) this.curves = new Map(this.curves).set(run.id, points.value)
    }
  }

  private check(): Result<Ready> {
    const { rows, random, combinations, seeds, epochs, halving } = this.draft
    const { project, trainer } = this.app
    if (project.problems.length > 0)
      return fail({ code: 'problems', message: 'Mend the problems of the network first.' })
    if (rows.length === 0) return fail({ code: 'nothing', message: 'Choose a setting to vary.' })
    const problems: Problem[] = []
    const variations = rows.flatMap(({ path, text }) => {
      const setting = this.settings.find((one) => one.path === path)
      if (!setting) {
        problems.push({ code: 'gone', field: path, message: 'This setting is not there any more.' })
        return []
      }
      const read = readVariation(setting, text)
      if (!read.ok) problems.push(...read.problems)
      return read.ok ? [read.value] : []
    })
    if (problems.length > 0) return fail(...problems)
    const { map, derivation } = project
    const plan: SweepPlan = {
      variations,
      search: random
        ? { kind: 'random', combinations, seed: project.document.training.seed }
        : { kind: 'grid' },
      ...{ seeds, epochs, halving },
      measure: derivation.data?.target.classes === undefined ? 'loss' : 'accuracy',
      ...(map
        ? {
            picture: {
              ...PICTURE,
              domain: map.domain,
              ...(map.slice ? { slice: { ...map.slice, base: [...map.slice.base] } } : {})
            }
          }
        : {})
    }
    const planned = planTrials(project.document, project.files, plan)
    if (!planned.ok) return planned
    const { trials } = planned.value
    const { speed } = trainer
    const count = trials.length / seeds
    const atOnce = processesFor(trials.length, { cores: navigator.hardwareConcurrency, memory: Infinity })
    const ms = speed && (plannedEpochs(plan, count) * (speed.updating + speed.measuring)) / atOnce
    return ok({ plan, planned: planned.value, ms })
  }
}
