import type { Document, Network } from '@core/document/schema'
import { layers, schemes } from '@core/registry'

/** The ends that the way of learning has: where each network begins and where it ends. */
function endsOf(document: Document) {
  return schemes[document.training.scheme.type]!.networks
}

/** The network that an end of this type belongs to, if it lacks one; undefined where none does. */
export function networkFor(document: Document, type: string): Network | undefined {
  const { role } = layers[type]!
  return document.networks.find((network, i) => {
    const ends = endsOf(document)[i]
    const wanted = role === 'source' ? ends?.source : ends?.sink
    return wanted === type && !hasRole(network, role)
  })
}

const hasRole = (network: Network, role: string): boolean =>
  Object.values(network.nodes).some((node) => layers[node.type]!.role === role)

/** Why a layer cannot be added now, in words; undefined where it can. */
export function whyNot(document: Document, type: string): string | undefined {
  const { role } = layers[type]!
  if (role === 'layer' || networkFor(document, type)) return undefined
  const belongs = endsOf(document).some(({ source, sink }) => source === type || sink === type)
  if (!belongs) {
    const others = Object.values(schemes).filter(({ networks }) =>
      networks.some(({ source, sink }) => source === type || sink === type)
    )
    const names = others.map(({ title }) => `“${title}”`).join(' and ')
    return `Belongs to another way of learning: ${names}.`
  }
  return role === 'sink' ? 'There is an output already, and a network has one.' : 'The data is there already.'
}
