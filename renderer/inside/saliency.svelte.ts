import type { Saliency, Slopes } from '@core/ipc'
import { exampleOf, type Probe } from '../answers/probe.svelte'
import type { TrainerLink } from '../state/trainer.svelte'
import type { LiveView } from '../state/view.svelte'

/** It takes the trainer a few hundred answers. */
const GAP = 400

/** What the answer to the example that is looked at hangs on, while someone wants to know. */
export class SaliencyView {
  on = $state(false)
  /** The class in question; the one that the network names where undefined. */
  class = $state<number>()
  /** Of pictures: by covering places, or by the slope of the answer. */
  how = $state<'cover' | 'slope'>('cover')
  now = $state.raw<Saliency | Slopes>()

  private busy = false
  private again = false
  private last = 0

  constructor(
    private readonly trainer: TrainerLink,
    private readonly view: LiveView,
    private readonly probe: Probe,
    /** Are examples pictures? */
    private readonly pictures: () => boolean
  ) {}

  /** Keeps it fresh. Call once, in an effect root. */
  connect(): () => void {
    $effect(() => {
      void this.trainer.weightsVersion
      void this.view.rewind
      void this.class
      void this.how
      // Of another picture the old one says nothing.
      if (!this.on || !this.probe.picked) this.now = undefined
      else void this.refresh()
    })
    return () => undefined
  }

  /** Forgets what belongs to another project. */
  reset(): void {
    this.class = undefined
    this.now = undefined
  }

  private async refresh(): Promise<void> {
    if (this.busy) {
      this.again = true
      return
    }
    this.busy = true
    const wait = this.last + GAP - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    this.again = false
    const { picked } = this.probe
    const found =
      picked &&
      (await this.trainer[this.pictures() && this.how === 'cover' ? 'saliency' : 'slopes'](
        exampleOf(picked),
        {
          ...(this.class === undefined ? {} : { class: this.class }),
          epoch: this.view.rewind
        }
      ))
    this.last = performance.now()
    if (this.on && this.probe.picked === picked) this.now = found
    this.busy = false
    if (this.again || this.probe.picked !== picked) void this.refresh()
  }
}
