import type { FromTrainer, ToTrainer } from '@core/ipc'
import type { Moment, Neurons } from '@core/inside/facts'
import { findingsOf } from '@core/inside/findings'
import type { Model } from '../model'
import { weightsAt, type SeenWeights, type Sight, type Turns } from '../views/turns'
import { layersOf } from './layers'
import { Moments } from './moments'
import { saliency } from './saliency'
import { slopesOf } from './slopes'

type Reply = Extract<FromTrainer, { id: number }>
/** What this room answers. */
export type InsideRequest = Extract<ToTrainer, { type: 'findings' | 'layers' | 'saliency' | 'slopes' }>

/** How far back something must have been so already, as a share of the epochs. */
const BEFORE = 0.8

/**
 * Answers what the window asks about what goes on inside the network: gradients, weights over time, what stands in the
 * way of learning, and what an answer hangs on. All of it is worked out from weights that were kept, in the share of the
 * training thread's time that is for looking; training itself measures nothing.
 */
export class InsideLook {
  private moments: Moments | undefined
  private of: Model | undefined
  /** One after the other: the next question finds what the one before has measured. */
  private turn: Promise<void> = Promise.resolve()

  constructor(
    private readonly sight: () => Sight,
    private readonly turns: Turns,
    private readonly answer: (message: Reply) => void
  ) {}

  receive(message: InsideRequest): void {
    this.turn = this.turn.then(async () => {
      const reply = await this.reply(message).catch((error: unknown) => {
        // A look that fails must not take the training down with it.
        console.error(error)
        return undefined
      })
      this.answer(reply ?? { type: 'noView', id: message.id })
    })
  }

  private async reply(message: InsideRequest): Promise<Reply | undefined> {
    const { model } = this.sight()
    if (!model) return undefined
    if (message.type === 'saliency') return saliency(model, message, this.turns, () => this.stays(model))
    const moments = await this.momentsOf(model)
    if (message.type === 'slopes')
      return slopesOf(model, message, moments, this.turns, () => this.stays(model))
    return message.type === 'findings'
      ? this.findings(model, moments, message)
      : layersOf(model, moments, message, this.turns, () => this.stays(model))
  }

  /** Another network may have taken its place meanwhile, and with it went the engine's memory. */
  private stays(model: Model): boolean {
    return this.sight().model === model
  }

  private async momentsOf(model: Model): Promise<Moments> {
    if (this.of !== model || !this.moments) {
      this.moments = await Moments.of(model)
      this.of = model
    }
    return this.moments
  }

  private async findings(
    model: Model,
    moments: Moments,
    { id, epoch }: Extract<InsideRequest, { type: 'findings' }>
  ): Promise<Reply | undefined> {
    const now = await this.turns.take(() => (this.stays(model) ? weightsAt(model, epoch) : undefined))
    if (!now) return undefined
    const nothing: Reply = { type: 'findings', id, epoch: now.epoch, findings: [] }
    const before = model.snapshots.nearest(Math.floor(BEFORE * now.epoch))
    const first = model.snapshots.first()
    // What an untrained network is like says little.
    if (!before || !first || now.epoch === 0 || before.epoch >= now.epoch) return nothing
    const found: (Moment | undefined)[] = []
    for (const seen of [now, before, first]) {
      const known = found.find((moment) => moment?.epoch === seen.epoch)
      const neurons =
        known || seen === first ? new Map<string, Neurons>() : await this.neurons(model, moments, seen)
      if (!neurons) return undefined
      found.push(
        known ??
          (await this.turns.take(() => (this.stays(model) ? moments.moment(seen, neurons) : undefined)))
      )
    }
    const [atNow, atBefore, atFirst] = found
    if (!atNow || !atBefore || !atFirst) return undefined
    const { optimizer, clipping } = model.document.training
    const rate = optimizer.type === 'sgd' ? (optimizer.config['learningRate'] as number) : undefined
    const conditions = { rate, clipped: clipping.type !== 'none' }
    return { ...nothing, findings: findingsOf({ now: atNow, before: atBefore, first: atFirst }, conditions) }
  }

  private async neurons(
    model: Model,
    moments: Moments,
    seen: SeenWeights
  ): Promise<ReadonlyMap<string, Neurons> | undefined> {
    const slices = moments.neuronsAt(seen)
    for (;;) {
      const step = await this.turns.take(() => (this.stays(model) ? slices.next() : undefined))
      if (!step) return undefined
      if (step.done) return step.value
    }
  }
}
