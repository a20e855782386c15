import { planSystem } from '@core/graph/plan'
import type { Engine } from '../engine'
import { EagerMeter } from './meter'
import { EagerNetwork, type EagerBackend } from './network'

/** An engine that calls one TensorFlow.js operation after the other: the way that can do everything. */
export function eagerEngine(backend: EagerBackend): Engine {
  return {
    info: backend.info,
    // Everything in the registry can be computed this way; conformance tests hold it to that.
    supports: () => undefined,
    compile: (document, derivation, dataset) =>
      new EagerNetwork(backend, planSystem(document, derivation), dataset, document),
    meter: (plan, document, dataset) => new EagerMeter(backend, plan, document, dataset)
  }
}
