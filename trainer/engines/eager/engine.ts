import { layers } from '@core/registry'
import { planNetwork } from '../plan'
import type { Engine } from '../engine'
import { EagerNetwork, type EagerBackend } from './network'

/** An engine that calls one TensorFlow.js operation after the other: the way that can do everything. */
export function eagerEngine(backend: EagerBackend): Engine {
  return {
    info: backend.info,
    supports: ({ networks }) => {
      if (networks.length > 1)
        return {
          code: 'several-networks',
          message: `This project has ${networks.length} networks. One can be trained, not several at once.`
        }
      const missing = Object.entries(networks[0]!.nodes).find(
        ([, { type }]) => layers[type]!.role === 'layer' && !layers[type]!.forward
      )
      return (
        missing && {
          code: 'not-computable',
          nodeId: missing[0],
          message: `${layers[missing[1].type]!.title} cannot be computed by this engine.`
        }
      )
    },
    compile: (document, derivation, dataset) =>
      new EagerNetwork(backend, planNetwork(document, derivation), dataset, document)
  }
}
