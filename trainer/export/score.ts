import * as tf from '@tensorflow/tfjs-core'
import type { Dataset } from '@core/data/dataset'
import type { PartScore } from '@core/export/format'
import type { ExportModel } from '@core/export/model'
import { planSystem } from '@core/graph/plan'
import type { Ops } from '@core/registry/define'
import { EagerNetwork } from '../engines/eager/network'

/** How good an exported network is, measured with the operations at hand. */
export function scoreOf(ops: Ops, model: ExportModel, dataset: Dataset): PartScore | undefined {
  const { document, derivation, values } = model
  const plan = planSystem(document, derivation)
  // The exported network itself brings bytes to scale.
  const network = new EagerNetwork(
    { ops, name: tf.getBackend(), info: { id: 'native', title: 'Export' } },
    plan,
    { ...dataset, scale: 1 },
    document
  )
  try {
    network.writeState(
      plan.weights.flatMap(({ name, spec: { shape } }) => {
        const known = values.get(name)
        return known ? [{ name, shape, values: known }] : []
      })
    )
    if (!network.evaluates) return undefined
    const part = dataset.parts.validation.length > 0 ? 'validation' : 'train'
    const { loss, accuracy } = network.evaluate(part)
    return { part, loss, accuracy }
  } finally {
    network.dispose()
  }
}
