import type { FromTrainer, ToTrainer, TrainerView } from '@core/ipc'
import type { Model } from '../model'
import { isPictured, makePictures, type Pictures, type ViewRequest } from './pictures'
import { coarser, nextHalvings } from './resolution'
import { weightsAt, type SeenWeights, type Sight, type Turns } from './turns'
import type { ViewWorker } from './viewWorker'

/** What a look is answered with. */
type Look = Extract<FromTrainer, { id: number }>
type ScoreRequest = Extract<ToTrainer, { type: 'score' }>

/**
 * Answers what the window wants to see. Pictures are made by the view worker from a copy of the weights, as fine as it
 * manages while training runs. The training thread makes those that the worker cannot make, and measures scores; for
 * all of this it spends a small part of its time.
 */
export class Viewing {
  private asked: ViewRequest[] = []
  private drawing = false
  private halvings = 0

  constructor(
    private readonly sight: () => Sight,
    private readonly turns: Turns,
    private readonly answer: (message: Look) => void,
    private readonly worker: ViewWorker | undefined
  ) {}

  /** One at a time: of requests that come meanwhile the newest counts, and what it gets answers the others too. */
  view(request: ViewRequest): void {
    this.asked.push(request)
    if (!this.drawing) void this.drawAll()
  }

  score(request: ScoreRequest): void {
    void this.turns.take(() => {
      const score = this.turns.guarded((model) => scoreOf(model, request))
      this.answer(score ?? { type: 'noView', id: request.id })
    })
  }

  dispose(): Promise<void> {
    return this.worker?.dispose() ?? Promise.resolve()
  }

  private async drawAll(): Promise<void> {
    this.drawing = true
    while (this.asked.length > 0) {
      let asked: readonly ViewRequest[] = []
      const newest = (): ViewRequest => asked.at(-1)!
      const ordered = await this.turns.take(() => {
        asked = this.asked
        this.asked = []
        return this.turns.guarded((model) => this.order(model, newest()))
      })
      const view =
        ordered ?? (await this.turns.take(() => this.turns.guarded((model) => drawHere(model, newest()))))
      for (const { id } of asked) this.answer(view ? { ...view, id } : { type: 'noView', id })
    }
    this.drawing = false
  }

  /** Pictures by the worker; undefined where it cannot make them. */
  private order(model: Model, request: ViewRequest): Promise<TrainerView | undefined> | undefined {
    if (!isPictured(model.dataset, request) || !this.worker?.draws(model)) return undefined
    const { running } = this.sight()
    const seen = weightsAt(model, request.epoch)
    const halvings = running ? this.halvings : 0
    return this.worker.draw(model, coarser(request, halvings), seen.weights).then((drawn) => {
      if (!drawn) return undefined
      if (running) this.halvings = nextHalvings(halvings, drawn.ms)
      return viewOf(request.id, seen, drawn.pictures)
    })
  }
}

/** Pictures by the training thread; undefined where the data has none. */
function drawHere(model: Model, request: ViewRequest): TrainerView | undefined {
  if (!isPictured(model.dataset, request)) return undefined
  const seen = weightsAt(model, request.epoch)
  return viewOf(request.id, seen, makePictures(model.network, model.shown, request, seen.weights))
}

function viewOf(id: number, { epoch, weights }: SeenWeights, pictures: Pictures): TrainerView {
  const found: TrainerView['weights'] = {}
  for (const { name, shape, values } of weights) {
    const [node, weight] = name.split('/') as [string, string]
    found[node] ??= {}
    found[node][weight] = { shape: [...shape], values: values as Float32Array<ArrayBuffer> }
  }
  return { type: 'view', id, epoch, ...pictures, weights: found }
}

/** How well the network does on one part of the data; zero rows score nothing. */
function scoreOf({ network, dataset, position }: Model, { id, part }: ScoreRequest): Look {
  const rows = dataset.parts[part].length
  const { loss, accuracy } = rows > 0 ? network.evaluate(part) : { loss: 0 }
  return {
    type: 'score',
    id,
    part,
    rows,
    epoch: position.epoch,
    loss,
    ...(accuracy === undefined ? {} : { accuracy })
  }
}
