import type { OpenedProject } from '@core/ipc'
import type { RerunProgress } from '@core/ipc/runsProcess'
import type { Result } from '@core/result'
import {
  firstQuery,
  type KeptPoint,
  type KeptRun,
  type RunChange,
  type RunDetails,
  type RunQuery,
  type RunSpace,
  type WeightsKind
} from '@core/runs/kept'
import { listen, request } from '../state/bridge'
import { LINE_COLOURS } from './chart'

/** Points of a curve that a chart is drawn from. */
const POINTS = 1000
/** How long typing rests before the list is asked for, in ms. */
const REST = 120
/** Runs that are being trained change: they are looked at again after this many ms. */
const AGAIN = 1500

type Tell = (message: string, action?: { readonly label: string; readonly run: () => void }) => void
interface Host {
  readonly tell: Tell
  readonly tellProblem: (problem: { readonly code: string; readonly message: string }) => void
}

/** The screen of kept runs: what is listed, what is chosen, and what is known of those. */
export class RunsState {
  query = $state.raw<RunQuery>(firstQuery)
  runs = $state.raw<readonly KeptRun[]>([])
  found = $state(0)
  all = $state(0)
  /** The list has come at least once. */
  loaded = $state(false)
  failure = $state<string>()
  space = $state.raw<RunSpace>()
  /** Ids of the runs that are looked at, in the order in which they were chosen. */
  chosen = $state.raw<readonly string[]>([])
  details = $state.raw<ReadonlyMap<string, RunDetails>>(new Map())
  points = $state.raw<ReadonlyMap<string, readonly KeptPoint[]>>(new Map())
  repeating = $state.raw<RerunProgress>()
  /** The run under the pointer, in the list or in the chart. */
  hovered = $state<string>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private asked = 0

  constructor(private readonly host: Host) {}

  /** Call once, in an effect root; returns the way to stop. */
  connect(): () => void {
    const stop = listen('runs:repeating', (progress) => this.onRepeating(progress))
    const stopToo = listen('runs:notKept', (message) => this.host.tellProblem({ code: 'not-kept', message }))
    return () => {
      stop()
      stopToo()
    }
  }

  /** Keeps the list fresh while the screen is there; returns the way to stop. */
  watch(): () => void {
    void this.load()
    const again = setInterval(() => {
      if (this.runs.some(({ status }) => status === 'running')) void this.load()
    }, AGAIN)
    return () => clearInterval(again)
  }

  ask(change: Partial<RunQuery>): void {
    this.query = { ...this.query, ...change, limit: change.limit ?? firstQuery.limit }
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.load(), REST)
  }

  async load(): Promise<void> {
    const turn = ++this.asked
    const [list, space] = await Promise.all([request('runs:list', this.query), request('runs:space')])
    if (turn !== this.asked) return
    this.loaded = true
    if (!list.ok) {
      this.failure = list.problems[0]!.message
      return
    }
    this.failure = undefined
    this.runs = list.value.runs
    this.found = list.value.found
    this.all = list.value.all
    if (space.ok) this.space = space.value
    await this.learn(this.chosen, true)
  }

  /** Looks at one run, or at one more, or at one less. */
  async choose(id: string, more = false): Promise<void> {
    const there = this.chosen.includes(id)
    if (!more) this.chosen = [id]
    else this.chosen = there ? this.chosen.filter((other) => other !== id) : [...this.chosen, id]
    await this.learn(this.chosen)
  }

  clear(): void {
    this.chosen = []
  }

  colourOf(id: string): string {
    const place = this.chosen.indexOf(id)
    return place < 0 ? 'transparent' : LINE_COLOURS[place % LINE_COLOURS.length]!
  }

  /** What is known of the runs that are looked at, in their order. */
  get known(): readonly RunDetails[] {
    return this.chosen.flatMap((id) => this.details.get(id) ?? [])
  }

  async change(ids: readonly string[], change: RunChange): Promise<void> {
    await this.done(request('runs:change', [...ids], change))
    await this.load()
  }

  async remove(ids: readonly string[]): Promise<void> {
    const gone = await request('runs:remove', [...ids])
    if (!gone.ok) return this.host.tellProblem(gone.problems[0]!)
    const { length } = gone.value
    if (length < ids.length) this.host.tell('A run that is being trained stays: stop it first.')
    if (length === 0) return
    this.chosen = this.chosen.filter((id) => !gone.value.includes(id))
    await this.load()
    this.host.tell(length === 1 ? 'Deleted the run.' : `Deleted ${length} runs.`, {
      label: 'Bring back',
      run: () => void request('runs:restore', gone.value).then(() => this.load())
    })
  }

  async noticed(): Promise<void> {
    await this.done(request('runs:noticed'))
    await this.load()
  }

  async setBudget(bytes: number): Promise<void> {
    await this.done(request('runs:setBudget', bytes))
    await this.load()
  }

  open(id: string, kind: WeightsKind | null): Promise<Result<OpenedProject>> {
    return request('runs:open', id, kind)
  }

  async repeat(id: string): Promise<void> {
    await this.done(request('runs:repeat', id))
  }

  stopRepeating(): void {
    void request('runs:stopRepeating')
  }

  private onRepeating(progress: RerunProgress): void {
    this.repeating = progress.over ? undefined : progress
    if (!progress.over) return
    if (progress.problem !== undefined) this.host.tell(`Not reproduced. ${progress.problem}`)
    void this.load()
  }

  private async done(work: Promise<Result<void>>): Promise<void> {
    const result = await work
    if (!result.ok) this.host.tellProblem(result.problems[0]!)
  }

  /** Asks for what is not known yet of these runs, and again for those that change. */
  private async learn(ids: readonly string[], anew = false): Promise<void> {
    for (const id of ids) {
      const before = this.details.get(id)
      if (!anew && before) continue
      const found = await request('runs:details', id)
      if (!found.ok) {
        this.chosen = this.chosen.filter((other) => other !== id)
        continue
      }
      this.details = new Map(this.details).set(id, found.value)
      if (before?.run.epoch === found.value.run.epoch && this.points.has(id)) continue
      const points = await request('runs:points', id, POINTS)
      if (points.ok) this.points = new Map(this.points).set(id, points.value)
    }
  }
}
