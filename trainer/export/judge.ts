import * as tf from '@tensorflow/tfjs-core'
import type { Dataset, PartName } from '@core/data/dataset'
import type { PartScore } from '@core/export/format'
import type { ExportModel } from '@core/export/model'
import { planSystem } from '@core/graph/plan'
import type { Ops } from '@core/registry/define'
import { EagerNetwork } from '../engines/eager/network'

/** Asks an exported network about the project's data, with the operations at hand; nothing is computed until it is wanted. */
export class Judge {
  private network: EagerNetwork | undefined
  private found: PartScore | undefined

  constructor(
    private readonly ops: Ops,
    private readonly model: ExportModel,
    private readonly dataset: Dataset
  ) {}

  /** See `ExportTools.score`. */
  score(): PartScore | undefined {
    const { dataset } = this
    const network = this.ready()
    if (!network.evaluates) return undefined
    const part = dataset.parts.validation.length > 0 ? 'validation' : 'train'
    return (this.found ??= { part, ...network.evaluate(part) })
  }

  /** See `ExportTools.partAnswers`. */
  answers(part: PartName): Float32Array {
    return this.ready().predict(part)
  }

  dispose(): void {
    this.network?.dispose()
    this.network = undefined
  }

  private ready(): EagerNetwork {
    if (this.network) return this.network
    const { ops, dataset } = this
    const { document, derivation, values } = this.model
    const plan = planSystem(document, derivation)
    const backend = { ops, name: tf.getBackend(), info: { id: 'native', title: 'Export' } as const }
    // The exported network itself brings bytes to scale.
    const network = new EagerNetwork(backend, plan, { ...dataset, scale: 1 }, document)
    network.writeState(
      plan.weights.flatMap(({ name, spec: { shape } }) => {
        const known = values.get(name)
        return known ? [{ name, shape, values: known }] : []
      })
    )
    return (this.network = network)
  }
}
