import type { Document } from '@core/document/schema'
import { layers } from '@core/registry'

/** "point" of "points". */
export const singular = (noun: string): string => noun.replace(/s$/, '')

/** "Points" of "points". */
export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** Does a node of this type stand for the project's data? Others draw their own numbers, such as noise. */
export function isData(type: string): boolean {
  const layer = layers[type]
  return layer?.role === 'source' && layer.draw === undefined
}

/** The node that stands for the project's data. */
export function dataNode(document: Document): string | undefined {
  return document.networks
    .flatMap((network) => Object.entries(network.nodes))
    .find(([, node]) => isData(node.type))?.[0]
}
