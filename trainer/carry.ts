import type { Document } from '@core/document/schema'
import type { CarriedNode } from '@core/run/carry'
import { configOf, type SystemPlan } from '@core/graph/plan'

/** A compiled project as carrying over sees it. */
export function carriedNodes({ nodes }: SystemPlan, document: Document): CarriedNode[] {
  return nodes.map(({ id, layer, inputs, shape, weights }) => ({
    id,
    type: layer.type,
    config: configOf(document, id),
    inputs: layer.inputs.flatMap((port) => inputs[port.id]?.node ?? []),
    shape,
    weights: weights.map(({ spec }) => spec)
  }))
}
