import { untrack } from 'svelte'
import { MOST_WRITTEN } from '@core/answers/messages'
import { encodeText } from '@core/data/text/alphabet'
import type { ProjectState } from '../state/project.svelte'
import type { TrainerLink } from '../state/trainer.svelte'
import type { LiveView } from '../state/view.svelte'
import type { Probe } from './probe.svelte'

/** Characters that are written after a beginning: while training runs, few, so that it soon begins anew. */
const LENGTH = { running: 60, resting: 200 }
/** Characters that are asked for at once: while training runs, few, so that one sees them come. */
const PIECE = { running: 6, resting: 32 }
/** Typing is not a question a key, in ms. */
const REST = 200

/** What a network of characters writes after what a person has begun, again and again as it learns. */
export class Writer {
  beginning = $state('')
  temperature = $state(0.6)
  /** Other seeds draw other characters from the same shares. */
  seed = $state(1)
  /** What it has written after the beginning. */
  text = $state('')
  /** What it had written before, behind what is new. */
  before = $state('')
  /** The share of each character to follow the beginning; undefined until the network has told. */
  shares = $state.raw<Float32Array>()
  private round = 0
  private busy = false
  private again = false
  private readonly watched = $state({ count: 0 })

  constructor(
    private readonly project: ProjectState,
    private readonly trainer: TrainerLink,
    private readonly view: LiveView,
    private readonly probe: Probe
  ) {}

  /** Writes while someone looks. Call once, in an effect root. */
  connect(): () => void {
    $effect(() => {
      void [this.trainer.weightsVersion, this.view.rewind, this.trainer.prepares]
      if (this.watched.count > 0) untrack(() => this.refresh())
    })
    $effect(() => {
      void [this.beginning, this.temperature, this.seed]
      if (this.watched.count === 0) return undefined
      const timer = setTimeout(() => {
        // What is written belongs to what stood there before.
        this.round++
        this.refresh()
      }, REST)
      return () => clearTimeout(timer)
    })
    return () => undefined
  }

  watch(): () => void {
    untrack(() => this.watched.count++)
    return () => {
      this.round++
      untrack(() => this.watched.count--)
    }
  }

  /** Takes what a person has typed; the cards show what the network makes of it. */
  type(beginning: string): void {
    this.beginning = beginning
    const { symbols, shape } = this.project.derivation.data ?? {}
    if (!symbols || !shape) return
    const values = new Float32Array(shape[0]!)
    values.set(encodeText(symbols, beginning).slice(-shape[0]!))
    this.probe.pick(values[0] === 0 ? undefined : { kind: 'own', values })
  }

  /** Forgets what belongs to another project. */
  reset(): void {
    this.round++
    this.beginning = ''
    this.text = ''
    this.before = ''
    this.shares = undefined
  }

  private refresh(): void {
    if (this.busy) this.again = true
    else void this.write()
  }

  /** Writes one text to its end, unless it is not wanted any more. */
  private async write(): Promise<void> {
    this.busy = true
    this.again = false
    const { round } = this
    const { beginning, temperature, seed } = this
    let text = ''
    while (round === this.round) {
      const pace = this.trainer.run.status === 'running' ? 'running' : 'resting'
      const count = Math.min(MOST_WRITTEN, PIECE[pace], LENGTH[pace] - text.length)
      if (count <= 0) break
      const asked = { beginning: (beginning + text).slice(-4000), count, temperature, seed }
      const found = await this.trainer.write(asked, this.view.rewind)
      if (!found || round !== this.round) break
      if (text === '') {
        this.shares = found.shares
        this.before = this.text
      }
      text += found.text
      this.text = text
    }
    this.busy = false
    if (this.again && this.watched.count > 0) void this.write()
  }
}
