import type { Examples } from '@core/ipc'
import type { ProjectState } from '../state/project.svelte'
import type { TrainerLink } from '../state/trainer.svelte'

/** Classes of which there is an example at hand. */
const MOST = 20

/** The first example of each class, as far as the trainer has the data: what there is to tell apart. */
export class FirstExamples {
  /** By class; empty where examples are rows of numbers, or have no class of their own. */
  now = $state.raw<readonly Examples[]>([])
  private asked = 0

  constructor(
    private readonly project: ProjectState,
    private readonly trainer: TrainerLink
  ) {}

  /** Keeps them fresh. Call once, in an effect root. */
  connect(): () => void {
    const classes = $derived.by(() => {
      const { data } = this.project.derivation
      const pictured = data && data.shape.length > 1 && data.target.shape.length === 0
      return pictured ? Math.min(MOST, data.classes.length) : 0
    })
    $effect(() => {
      void this.trainer.prepares
      const ready = this.trainer.state.status === 'ready'
      void this.fetch(ready ? classes : 0)
    })
    return () => undefined
  }

  private async fetch(classes: number): Promise<void> {
    const asked = ++this.asked
    const found = await Promise.all(
      Array.from({ length: classes }, (_, truth) =>
        this.trainer.examples({ truth, order: 'row', from: 0, count: 1 })
      )
    )
    if (asked === this.asked) this.now = found.flatMap((own) => (own && own.total > 0 ? [own] : []))
  }
}
