import type { ExampleQuery } from '@core/answers/messages'
import type { Examples } from '@core/ipc'
import type { SourceDescription } from '@core/registry/define'
import type { ProjectState } from '../state/project.svelte'
import type { TrainerLink } from '../state/trainer.svelte'

/** Classes of which there is an example at hand. */
const MOST = 20
/** Sequences without a class that are at hand. */
const SOME = 4

/** The first example of each class, or some sequences, as far as the trainer has the data: what there is to learn. */
export class FirstExamples {
  /** One example each; empty where examples are rows of numbers. */
  now = $state.raw<readonly Examples[]>([])
  private asked = 0

  constructor(
    private readonly project: ProjectState,
    private readonly trainer: TrainerLink
  ) {}

  /** Keeps them fresh. Call once, in an effect root. */
  connect(): () => void {
    const wanted = $derived(queriesFor(this.project.derivation.data))
    $effect(() => {
      void this.trainer.prepares
      const ready = this.trainer.state.status === 'ready'
      void this.fetch(ready ? wanted : [])
    })
    return () => undefined
  }

  private async fetch(queries: readonly ExampleQuery[]): Promise<void> {
    const asked = ++this.asked
    const found = await Promise.all(queries.map((query) => this.trainer.examples(query)))
    if (asked === this.asked) this.now = found.flatMap((own) => (own && own.total > 0 ? [own] : []))
  }
}

/** The first of each class; of sequences without one some from all over the data. */
function queriesFor(data: SourceDescription | undefined): readonly ExampleQuery[] {
  if (!data || (data.shape.length < 2 && !data.symbols && data.tokens === undefined)) return []
  if (hasClassEach(data))
    return Array.from({ length: Math.min(MOST, data.classes.length) }, (_, truth) => ({
      ...{ truth, order: 'row', from: 0, count: 1 }
    }))
  if (data.shape.length > 2) return []
  const count = Math.min(SOME, data.rows)
  return Array.from({ length: count }, (_, i) => ({ rows: [Math.floor((i * data.rows) / count)] }))
}

/** Does each example stand for a class? A text stands for more than the character that follows it. */
export function hasClassEach({ classes, target, symbols }: SourceDescription): boolean {
  return !symbols && classes.length > 0 && target.shape.length === 0
}
