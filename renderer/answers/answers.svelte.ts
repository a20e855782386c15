import { untrack } from 'svelte'
import type { PartName } from '@core/data/dataset'
import type { Answers, Examples } from '@core/ipc'
import type { LiveView } from '../state/view.svelte'
import { Latest } from '../state/latest'
import type { ProjectState } from '../state/project.svelte'
import type { TrainerLink } from '../state/trainer.svelte'

/** A cell of the confusion heatmap: examples of one class that were taken for another one, or for the same. */
export interface Cell {
  readonly truth: number
  readonly given: number
}

/** Answers a second at most while training runs: the eye cannot read faster. */
const MIN_GAP = 300
/** Examples that are fetched at once. */
const PAGE = 60

/** The network's answers to a part of the data, as last added up, and the examples of the cell that is looked at. */
export class AnswersView {
  now = $state.raw<Answers>()
  /** The part that was chosen; undefined is the one to choose by. */
  private chosen = $state<PartName>()
  readonly part: PartName
  cell = $state.raw<Cell>()
  order = $state<'surest' | 'unsurest'>('surest')
  /** The examples of the cell, as far as they were fetched. */
  page = $state.raw<Examples>()
  /** The epoch at which the test was scored: its answers are only looked at then. */
  testEpoch = $state<number>()

  private readonly watched = $state({ count: 0 })
  private readonly latest = new Latest(MIN_GAP, () => this.refresh())
  private asked = 0
  /** How the page was ordered. */
  private shown: { readonly page: Examples; readonly order: string } | undefined

  constructor(
    private readonly project: ProjectState,
    private readonly trainer: TrainerLink,
    private readonly view: LiveView
  ) {
    this.part = $derived.by(() => {
      const rows = trainer.run.rows
      const first = (project.parts ?? rows).validation > 0 ? 'validation' : 'train'
      return this.chosen ?? first
    })
  }

  /** Keeps the answers fresh while someone looks at them. Call once, in an effect root. */
  connect(): () => void {
    $effect(() => {
      void this.trainer.weightsVersion
      void this.view.rewind
      void this.part
      void this.testEpoch
      if (this.watched.count > 0) this.latest.ask()
    })
    $effect(() => {
      const { cell, order, now } = this
      void now
      if (cell) void this.fetch(cell, order)
      else this.page = undefined
    })
    return () => undefined
  }

  /** Someone looks; returns the way to stop. */
  watch(): () => void {
    untrack(() => this.watched.count++)
    return () => void untrack(() => this.watched.count--)
  }

  choose(part: PartName): void {
    this.chosen = part
    this.now = undefined
    this.page = undefined
  }

  look(cell: Cell | undefined): void {
    this.cell = cell
    this.page = undefined
  }

  /** Forgets what belongs to another project. */
  reset(): void {
    this.chosen = undefined
    this.now = undefined
    this.cell = undefined
    this.page = undefined
    this.testEpoch = undefined
  }

  /** The next examples of the cell. */
  async more(): Promise<void> {
    const { cell, page, part, order } = this
    if (!cell || !page) return
    const next = await this.trainer.examples({
      ...{ ...cell, part, order },
      ...{ from: page.examples.length, count: PAGE }
    })
    if (!next || this.page !== page) return
    this.page = { ...next, examples: [...page.examples, ...next.examples], x: joined(page.x, next.x) }
    this.shown = { page: this.page, order }
  }

  private async fetch(cell: Cell, order: 'surest' | 'unsurest'): Promise<void> {
    const ask = ++this.asked
    // What was just taken out of the data stays in sight, to be put back, until there are other answers.
    const same = this.shown?.page === this.page && this.shown?.order === order
    if (this.page && same && this.page.epoch === this.now?.epoch) return
    const page = await this.trainer.examples({ ...cell, part: this.part, order, from: 0, count: PAGE })
    if (ask !== this.asked) return
    this.page = page
    this.shown = page && { page, order }
  }

  private async refresh(): Promise<void> {
    if (this.watched.count === 0) return
    const { part } = this
    const epoch = part === 'test' ? this.testEpoch : this.view.rewind
    const found =
      part === 'test' && this.testEpoch === undefined ? undefined : await this.trainer.answers(part, epoch)
    if (part === this.part) this.now = found
  }
}

/** Examples of one page and of the next one. */
export function joined(a: Examples['x'], b: Examples['x']): Examples['x'] {
  const all =
    a instanceof Uint8Array ? new Uint8Array(a.length + b.length) : new Float32Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all as Examples['x']
}
