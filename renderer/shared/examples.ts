import type { Document } from '@core/document/schema'
import { layers } from '@core/registry'
import type { SourceDescription } from '@core/registry/define'

/** What the examples of some data are called, for people. */
export type Noun = 'points' | 'pictures' | 'sequences' | 'rows'

/** What examples are called: two numbers are a point of the plane, [28, 28, 1] is a picture. */
export function nounOf(data: Pick<SourceDescription, 'shape' | 'plane' | 'symbols'> | undefined): Noun {
  if (data?.plane) return 'points'
  if (data?.symbols) return 'sequences'
  const shape = data?.shape
  switch (shape?.length) {
    case undefined:
    case 0:
      return 'rows'
    case 1:
      return shape![0] === 2 ? 'points' : 'rows'
    case 2:
      return 'sequences'
    default:
      return 'pictures'
  }
}

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
