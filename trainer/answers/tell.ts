import type { FromTrainer, ToTrainer } from '@core/ipc'
import { sizeOf } from '@core/graph/signal'
import type { Model } from '../model'
import { weightsAt, type SeenWeights, type Turns } from '../views/turns'
import { Slice } from './slice'
import { inUnits } from './units'

type Request = Extract<ToTrainer, { type: 'tell' }>
type Reply = Extract<FromTrainer, { type: 'told' }>

interface Job {
  readonly number: number
  readonly model: Model
  readonly seen: SeenWeights
  readonly slice: Slice
}

/** What a network says to these examples, [rows, outputs]: shares of the classes, or numbers in the data's units. */
export function answersTo(
  { network, dataset }: Pick<Model, 'network' | 'dataset'>,
  x: Float32Array | Uint8Array,
  weights?: SeenWeights['weights']
): Float32Array {
  const values = x instanceof Float32Array ? x : Float32Array.from(x, (value) => value / 255)
  const told = network.answers(values, weights)
  return dataset.classes.length > 0 ? told : inUnits(dataset, told)
}

/** Answers examples from outside, slice by slice. A long list is one job, with the weights of its first question. */
export class Teller {
  private job: Job | undefined

  constructor(private readonly turns: Turns) {}

  /** Undefined where there is no network, or another one took its place meanwhile. */
  async tell({ id, job, epoch, x }: Request): Promise<Reply | undefined> {
    const own = await this.turns.take(() => this.turns.guarded((model) => this.jobOf(model, job, epoch)))
    if (!own) return undefined
    const size = sizeOf(own.model.dataset.shape)
    if (x.length % size !== 0) return undefined
    const pieces: Float32Array[] = []
    for (let at = 0; at < x.length;) {
      const end = Math.min(x.length, at + own.slice.rows * size)
      const part = x.subarray(at, end)
      const told = await this.turns.take(() =>
        this.turns.guarded((model) =>
          model === own.model ? own.slice.timed(() => answersTo(model, part, own.seen.weights)) : undefined
        )
      )
      if (!told) return undefined
      pieces.push(told)
      at = end
    }
    return { type: 'told', id, epoch: own.seen.epoch, told: joined(pieces) }
  }

  private jobOf(model: Model, number: number, epoch: number | undefined): Job | undefined {
    if (!model.plan.scheme.compares) return undefined
    if (this.job?.number === number) return this.job.model === model ? this.job : undefined
    this.job = { number, model, seen: weightsAt(model, epoch), slice: new Slice() }
    return this.job
  }
}

function joined(pieces: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(pieces.reduce((n, { length }) => n + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
