import { untrack } from 'svelte'
import type { PartName } from '@core/data/dataset'
import type { Examples } from '@core/ipc'
import type { ProjectState } from '../state/project.svelte'
import type { TrainerLink } from '../state/trainer.svelte'
import { joined } from './answers.svelte'

/** Examples that are fetched at once. */
const PAGE = 60
/** Typing is not a question a key. */
const REST = 150

/** The examples of the data that are leafed through, and which ones they are. */
export class ExampleBrowser {
  part = $state<PartName>()
  truth = $state<number>()
  search = $state('')
  /** Only those that a person has changed. */
  corrected = $state(false)
  page = $state.raw<Examples>()
  private asked = 0
  private readonly watched = $state({ count: 0 })

  constructor(
    private readonly project: ProjectState,
    private readonly trainer: TrainerLink
  ) {}

  /** Fetches what is asked for while someone looks. Call once, in an effect root. */
  connect(): () => void {
    $effect(() => {
      void this.trainer.state
      void this.trainer.prepares
      void [this.part, this.truth, this.search, this.corrected]
      if (this.watched.count === 0) return undefined
      const timer = setTimeout(() => void this.fetch(), REST)
      return () => clearTimeout(timer)
    })
    return () => undefined
  }

  watch(): () => void {
    untrack(() => this.watched.count++)
    return () => void untrack(() => this.watched.count--)
  }

  /** Forgets what belongs to another project. */
  reset(): void {
    this.part = undefined
    this.truth = undefined
    this.search = ''
    this.corrected = false
    this.page = undefined
  }

  async more(): Promise<void> {
    const { page } = this
    if (!page) return
    const next = await this.ask(page.examples.length)
    if (next && this.page === page)
      this.page = { ...next, examples: [...page.examples, ...next.examples], x: joined(page.x, next.x) }
  }

  private async fetch(): Promise<void> {
    const asked = ++this.asked
    const page = await this.ask(0)
    if (asked === this.asked) this.page = page
  }

  private ask(from: number): Promise<Examples | undefined> {
    const rows = (this.project.document.data.corrections ?? []).map(({ row }) => row)
    if (this.corrected) return this.trainer.examples({ rows: rows.slice(from, from + PAGE) })
    return this.trainer.examples({
      ...(this.part ? { part: this.part } : {}),
      ...(this.truth === undefined ? {} : { truth: this.truth }),
      ...(this.search.trim() === '' ? {} : { search: this.search.slice(0, 100) }),
      ...{ order: 'row', from, count: PAGE }
    })
  }
}
