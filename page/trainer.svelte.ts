import { setSetting } from '@core/document/paths'
import type { Document } from '@core/document/schema'
import type { EpochPoint, RunEvent } from '@core/run/events'
import { Batches } from '@trainer/batches'
import { TrainingLoop } from '@trainer/loop'
import type { PageNetwork } from './network'

const RATE = 'training.optimizer.config.learningRate'
/** Between two pictures of a network that learns, in ms. */
const REDRAW = 120

/** Trains the network of a page by the loop of the app: the same seed gives the same numbers. */
export class Trainer {
  history = $state.raw<readonly EpochPoint[]>([])
  epoch = $state(0)
  running = $state(false)
  /** Are these the weights that the page came with? */
  original = $state(true)
  /** Said where training cannot go on. */
  trouble = $state<string>()
  private document: Document
  private loop: TrainingLoop | undefined
  private drawn = 0

  constructor(
    private readonly network: PageNetwork,
    private readonly onChange: () => void
  ) {
    this.document = network.cargo.document
    this.epoch = network.cargo.epoch
    this.rate = this.document.training.optimizer.config['learningRate'] as number
  }

  rate = $state(0)

  /** Trains on, or pauses. */
  toggle(): void {
    if (this.running) {
      this.loop?.pause()
      this.running = false
    } else if (this.loop) {
      this.running = true
      this.loop.resume()
    } else void this.run()
  }

  /** Takes a learning rate up at the next step. */
  setRate(rate: number): void {
    const changed = setSetting(this.document, RATE, rate)
    if (!changed.ok) return
    this.rate = rate
    this.document = changed.value
    this.loop?.configure(this.document)
    this.network.network.configure(this.document)
  }

  /** New weights, as the training began with. */
  startOver(): void {
    this.leave(0)
    this.network.forget()
    this.original = false
    this.onChange()
  }

  /** The weights that the page came with. */
  bringBack(): void {
    this.leave(this.network.cargo.epoch)
    this.network.recall()
    this.original = true
    this.onChange()
  }

  private leave(epoch: number): void {
    this.loop?.stop()
    this.loop = undefined
    this.running = false
    this.trouble = undefined
    this.epoch = epoch
    this.history = []
  }

  private async run(): Promise<void> {
    const { network, dataset } = this.network
    const { perEpoch } = new Batches(this.document, dataset)
    const loop = new TrainingLoop({
      ...{ network, dataset, document: this.document },
      from: {
        epoch: this.epoch,
        step: this.epoch * perEpoch,
        best: undefined,
        losses: this.history.map(({ valLoss, loss }) => valLoss ?? loss)
      },
      emit: (event) => this.onEvent(loop, event),
      onEpoch: () => undefined,
      paced: true,
      measureTraining: true
    })
    this.loop = loop
    this.original = false
    this.running = true
    const ending = await loop.run('end')
    if (this.loop !== loop) return
    this.loop = undefined
    this.running = false
    if (ending === 'diverged')
      this.trouble = 'Its numbers have grown beyond all bounds. Start over with a smaller learning rate.'
    this.onChange()
  }

  private onEvent(loop: TrainingLoop, event: RunEvent): void {
    if (this.loop !== loop) return
    if (event.type === 'epoch') {
      this.history = [...this.history, event.point]
      this.epoch = event.point.epoch
    }
    if (event.type !== 'epoch' && event.type !== 'batch') return
    const now = performance.now()
    if (now - this.drawn < REDRAW) return
    this.drawn = now
    this.onChange()
  }
}
