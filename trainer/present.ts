import type { ProjectFiles } from '@core/data/files'
import type { Document } from '@core/document/schema'
import type { MainToTrainer } from '@core/ipc'
import { fail, ok, type Result } from '@core/result'
import type { RunEvent } from '@core/run/events'
import { DATA_CHANGE } from '@core/run/state'
import { Learned } from './learned'
import { Model } from './model'

/** A network to get ready. See `MainToTrainer`. */
export interface PrepareRequest {
  readonly document: Document
  readonly files: ProjectFiles
  /** Bytes to continue from; null gives up the trained state; undefined keeps what fits. */
  readonly checkpoint?: Uint8Array | null | undefined
}

/** What another network has learned, for this one. See `MainToTrainer`. */
export type TakeRequest = Pick<Extract<MainToTrainer, { type: 'take' }>, 'document' | 'files' | 'from'>

/** The network that the project has at present. What was learned before an edit is not lost by it. */
export class Present {
  private current: Model | undefined
  /** What the project's network had learned before its last edits. */
  private learned: Learned | undefined

  constructor(private readonly tell: (model: Model, event: RunEvent) => void) {}

  get model(): Model | undefined {
    return this.current
  }

  /** Makes the network of a document the present one, which it may be already. */
  async load({ document, files, checkpoint }: PrepareRequest): Promise<Result<Model>> {
    if (checkpoint === null) this.learned = undefined
    let model = this.current
    if (model?.fits(document, files)) {
      model.document = document
      model.network.configure(document)
      if (checkpoint === null) model.reset()
    } else {
      const compiled = await Model.compile(document, files, model)
      if (!compiled.ok) return compiled
      model = compiled.value
      this.replace(model, checkpoint)
    }
    const loaded = checkpoint ? model.load(checkpoint) : ok(undefined)
    return loaded.ok ? ok(model) : loaded
  }

  /** Another network in the place of this one, which takes over what fits where no checkpoint says otherwise. */
  replace(model: Model, checkpoint?: PrepareRequest['checkpoint']): void {
    if (checkpoint !== null && this.current?.hasLearned) this.learned = Learned.of(this.current)
    this.current?.network.dispose()
    this.current = model
    if (checkpoint !== undefined || !this.learned) return
    const layers = model.carry(this.learned)
    if (layers) this.tellCarried(model, layers, this.learned)
  }

  /** Begins anew with what another network has learned, as far as its layers fit, and tells of it. */
  async take(document: Document, files: ProjectFiles, learned: Learned): Promise<Result<Model>> {
    const loaded = await this.load({ document, files, checkpoint: null })
    if (!loaded.ok) return loaded
    const model = loaded.value
    const layers = model.carry(learned)
    if (!layers)
      return fail({
        code: 'nothing-fits',
        message: 'No layer of this network fits one of that run.',
        detail: 'Layers fit where they come from the same project and are of the same kind.'
      })
    const { epoch, run } = learned
    this.tell(model, { type: 'restored', epoch, history: [...run.history] })
    this.tellCarried(model, layers, learned)
    model.snapshots.begin({ epoch, weights: model.network.weights() })
    return loaded
  }

  /** Tells that the network stands where a checkpoint has brought it. */
  tellRestored(model: Model): void {
    this.tell(model, { type: 'restored', epoch: model.position.epoch, history: [...model.run.history] })
  }

  dispose(): void {
    this.current?.network.dispose()
    this.current = undefined
  }

  private tellCarried(model: Model, layers: NonNullable<ReturnType<Model['carry']>>, learned: Learned): void {
    this.tell(model, { type: 'carried', layers: { ...layers } })
    if (!learned.sharesData(model))
      this.tell(model, { type: 'changed', epoch: learned.epoch, path: DATA_CHANGE, value: null })
  }
}
