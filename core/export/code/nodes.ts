import type { ExportModel } from '../model'

/** The node that a layer of the program comes from: where an activation is a layer of its own, its layer's. */
export function nodeOf({ plan }: ExportModel): (layer: string) => string {
  const ids = new Set(plan.nodes.map(({ id }) => id))
  return (layer) => (ids.has(layer) ? layer : layer.replace(/_activation\d*$/, ''))
}
