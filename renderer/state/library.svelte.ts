import type { Document } from '@core/document/schema'
import type { FetchProgress, LibraryFacts } from '@core/ipc/dataProcess'
import { sources } from '@core/registry'
import type { Problem, Result } from '@core/result'
import { sizeText } from '@core/words'
import { listen, request } from './bridge'

/** What is known of the library's data sets: which are on this computer, and which are on their way. */
export class LibraryState {
  /** Undefined until someone needs to know. */
  private sets = $state.raw<readonly LibraryFacts[]>()
  /** How far fetching is, by name; only while it goes on. */
  fetching = $state.raw<{ readonly [name: string]: FetchProgress }>({})
  /** Why the last try failed, by name. */
  failed = $state.raw<{ readonly [name: string]: Problem }>({})

  /** Call once, in an effect root; returns the way to stop. */
  connect(document: () => Document): () => void {
    const stop = listen('library:progress', (progress) => {
      if (this.fetching[progress.name]) this.fetching = { ...this.fetching, [progress.name]: progress }
    })
    const needed = $derived(sources[document().data.source.type]!.library !== undefined)
    $effect(() => {
      if (needed && !this.sets) void this.look()
    })
    return stop
  }

  /** The data set of this name, once it is known. */
  of(name: string): LibraryFacts | undefined {
    return this.sets?.find((set) => set.name === name)
  }

  /** What keeps a document's data sets from being trained on; undefined where nothing does, or nobody knows yet. */
  problemOf({ data }: Document): Problem | undefined {
    const names = sources[data.source.type]!.library ?? []
    const missing = names.map((name) => this.of(name)).find((set) => set && !set.here)
    if (!missing) return undefined
    return {
      code: 'library',
      message: this.fetching[missing.name]
        ? `${missing.title} is on its way to this computer.`
        : `${missing.title} is not on this computer yet.`,
      fetch: missing.name
    }
  }

  /** What fetching one is called: "Get it (31 MB)", "Go on fetching it". */
  label(name: string): string {
    const set = this.of(name)
    return set && set.bytesHere > 0 ? 'Go on fetching it' : `Get it (${sizeText(set?.bytes ?? 0)})`
  }

  /** Fetches one, or goes on with it. */
  async get(name: string): Promise<void> {
    if (this.fetching[name]) return
    const set = this.of(name)
    this.begin(name, { name, step: 'fetching', done: set?.bytesHere ?? 0, total: set?.bytes || 1 })
    await this.end(name, await request('library:get', name))
  }

  /** Stops fetching; what has come is kept for later, or thrown away. */
  stop(name: string, how: 'pause' | 'cancel'): void {
    void request('library:stop', name, how)
  }

  /** Throws away what an earlier try has left. */
  async discard(name: string): Promise<void> {
    await request('library:stop', name, 'cancel')
    await this.look()
  }

  /** Asks for its published files, and takes them. */
  async import(name: string): Promise<void> {
    this.forget(name)
    await this.end(name, await request('library:import', name))
  }

  /** Takes it from what was just dropped onto the window. */
  async importDropped(name: string): Promise<void> {
    this.forget(name)
    await this.end(name, await request('library:importDropped', name))
  }

  private begin(name: string, progress: FetchProgress): void {
    this.forget(name)
    this.fetching = { ...this.fetching, [name]: progress }
  }

  private forget(name: string): void {
    const { [name]: _, ...failed } = this.failed
    this.failed = failed
  }

  private async end(name: string, result: Result<unknown>): Promise<void> {
    const { [name]: _, ...fetching } = this.fetching
    if (!result.ok) this.failed = { ...this.failed, [name]: result.problems[0]! }
    await this.look()
    this.fetching = fetching
  }

  private async look(): Promise<void> {
    const sets = await request('library:list')
    if (sets.ok) this.sets = sets.value
    else console.error(sets.problems[0]!.message)
  }
}
