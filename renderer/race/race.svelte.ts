import { fail, ok, type Result } from '@core/result'
import { derive } from '@core/graph/derive'
import { MOST_LANES, type FromRace, type Race } from '@core/race/race'
import { firstQuery, type KeptPoint } from '@core/runs/kept'
import { valuesInto } from '@core/sweep/plan'
import { countedText } from '@core/sweep/settings'
import { suggestedValues } from '@core/sweep/suggest'
import { gridValues, readVariation } from '@core/sweep/values'
import { PICTURE, type DraftRow } from '../sweep/sweeps.svelte'
import { listen, request } from '../state/bridge'
import type { AppState } from '../state/app.svelte'

/** Points of a curve beyond these are thinned: every other one goes. */
const MOST_POINTS = 1200

/** One network of the race that is shown. */
export interface LaneView {
  readonly name: string
  readonly points: readonly KeptPoint[]
  readonly picture: Float32Array | undefined
  readonly ended: string | undefined
}

/** The race: what is to run against what, and how far it is. */
export class RaceState {
  draft = $state.raw<DraftRow>()
  lanes = $state.raw<readonly LaneView[]>([])
  /** What is raced; undefined while one is put together. */
  race = $state.raw<Race>()
  epoch = $state(0)
  status = $state<'none' | 'starting' | 'racing' | 'paused' | 'over'>('none')
  /** What the runs of the race share, once it is over. */
  series = $state<string>()
  readonly ready: Result<Race>

  constructor(private readonly app: AppState) {
    this.ready = $derived(this.check())
  }

  /** Call once, in an effect root; returns the way to stop. */
  connect(): () => void {
    return listen('race:news', (news) => this.on(news))
  }

  get active(): boolean {
    return this.status === 'starting' || this.status === 'racing' || this.status === 'paused'
  }

  /** Puts a race over this setting together, unless one goes on. */
  restart(path?: string): void {
    if (this.active) return
    const { settings } = this.app.sweeps
    const setting =
      settings.find((one) => one.path === path) ??
      settings.find(({ group, field }) => group === 'Network' && field.kind === 'int') ??
      settings[0]
    this.status = 'none'
    this.race = undefined
    this.draft = setting && {
      path: setting.path,
      text: suggestedValues(setting).split(', ').slice(0, 3).join(', ')
    }
  }

  async begin(): Promise<void> {
    const { ready } = this
    if (!ready.ok || this.active) return
    this.race = ready.value
    this.status = 'starting'
    this.series = undefined
    this.epoch = 0
    this.lanes = ready.value.lanes.map(({ name }) => ({
      ...{ name, points: [], picture: undefined, ended: undefined }
    }))
    // Two trainings at once would take the processor from each other.
    if (this.app.trainer.running) this.app.trainer.pause()
    const begun = await request('race:begin', ready.value)
    if (begun.ok) return
    this.status = 'none'
    this.race = undefined
    this.app.tellProblem(begun.problems[0]!)
  }

  again(): void {
    void this.begin()
  }

  toggle(): void {
    if (this.status !== 'racing' && this.status !== 'paused') return
    const pause = this.status === 'racing'
    this.status = pause ? 'paused' : 'racing'
    void request('race:say', pause ? 'pause' : 'play')
  }

  stop(): void {
    void request('race:say', 'stop')
  }

  /** Compares the runs of the race, among all runs. */
  async showRuns(): Promise<void> {
    const { runs } = this.app
    const query = { ...firstQuery, group: this.series }
    const found = await request('runs:list', query)
    if (!found.ok) return this.app.tellProblem(found.problems[0]!)
    this.app.runsTab = 'runs'
    runs.ask(query)
    runs.clear()
    for (const { id } of found.value.runs) await runs.choose(id, true)
  }

  private on(news: FromRace): void {
    if (news.type === 'failed') {
      this.status = this.epoch > 0 ? 'over' : 'none'
      return this.app.tellProblem({ code: 'race', message: news.message })
    }
    if (news.type === 'over') {
      this.status = 'over'
      this.series = news.series
      return
    }
    if (this.status === 'starting') this.status = 'racing'
    this.epoch = news.epoch
    this.lanes = this.lanes.map((lane, i) => {
      const { points, picture, ended } = news.lanes[i]!
      const all = [...lane.points, ...points.map((point) => ({ point, seconds: 0 }))]
      return {
        ...lane,
        points: all.length > MOST_POINTS ? all.filter((_, j) => j % 2 === 0 || j === all.length - 1) : all,
        picture: picture ?? lane.picture,
        ended
      }
    })
  }

  private check(): Result<Race> {
    const { draft } = this
    const { project, sweeps } = this.app
    if (project.problems.length > 0)
      return fail({ code: 'problems', message: 'Mend the problems of the network first.' })
    const setting = sweeps.settings.find(({ path }) => path === draft?.path)
    if (!draft || !setting) return fail({ code: 'nothing', message: 'Choose what is to differ.' })
    const variation = readVariation(setting, draft.text)
    if (!variation.ok) return variation
    const values = gridValues(variation.value, setting)
    if (values.length < 2 || values.length > MOST_LANES)
      return fail({
        code: 'lanes',
        field: draft.path,
        message: `These are ${values.length} networks: two, three or four can race.`
      })
    const lanes: Race['lanes'] = []
    for (const value of values) {
      const made = valuesInto(project.document, { variations: [variation.value] }, [value])
      if (!made.ok) return made
      const [problem] = derive(made.value, project.files).problems
      if (problem) return fail({ ...problem, field: draft.path })
      const text = countedText(setting, value)
      lanes.push({ name: /[a-z]/i.test(text) ? text : `${setting.label} ${text}`, document: made.value })
    }
    const { map, files } = project
    return ok({
      ...{ lanes, files },
      ...(map
        ? {
            picture: {
              ...PICTURE,
              domain: map.domain,
              ...(map.slice ? { slice: { ...map.slice, base: [...map.slice.base] } } : {})
            }
          }
        : {})
    })
  }
}
