import type { RawInput } from '@core/export/page/ask'
import type { PageNetwork, Told } from './network'
import { Trainer } from './trainer.svelte'
import { usualRaw } from './usual'
import { wordsFor, type AskWords } from './words'

/** What is on the page: what a person made, and what the network says to it. */
export class PageState {
  readonly words: AskWords
  /** Where the network can be trained here. */
  readonly training: Trainer | undefined
  raw = $state.raw<RawInput>([])
  /** Counts changes of the weights. */
  version = $state(0)
  readonly asked = $derived.by(() => {
    void this.version
    return this.network.ask(this.raw)
  })
  readonly answer = $derived<Told | undefined>(this.asked.ok ? this.asked.value : undefined)
  readonly refusal = $derived(this.asked.ok ? undefined : this.asked.problems[0]!.message)

  /** An empty sheet shows nothing, which no network has learned. */
  readonly blank = $derived(
    this.cargo.ask.kind === 'picture' && (this.raw as readonly number[]).every((pixel) => pixel === 0)
  )

  constructor(readonly network: PageNetwork) {
    const { ask, trains } = network.cargo
    this.words = wordsFor(ask)
    this.raw = usualRaw(ask)
    this.training = trains ? new Trainer(network, () => this.version++) : undefined
  }

  get cargo() {
    return this.network.cargo
  }
}
