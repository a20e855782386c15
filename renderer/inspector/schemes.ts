import type { Document } from '@core/document/schema'
import { layers, schemes } from '@core/registry'

/** The ways of learning that these networks can have: as many networks, and no end that belongs to another way. */
export function possibleSchemes(document: Document): readonly string[] {
  const { networks, training } = document
  return Object.values(schemes)
    .filter(
      (scheme) =>
        scheme.type === training.scheme.type ||
        (scheme.networks.length === networks.length &&
          networks.every((network, i) =>
            Object.values(network.nodes).every(({ type }) => {
              const { role } = layers[type]!
              const ends = scheme.networks[i]!
              return role === 'layer' || type === (role === 'source' ? ends.source : ends.sink)
            })
          ))
    )
    .map(({ type }) => type)
}
