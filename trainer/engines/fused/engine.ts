import type { EngineInfo } from '@core/run/events'
import type { Engine } from '../engine'
import { planSystem } from '@core/graph/plan'
import { chainOf } from './chain'
import { FusedCompiled } from './compiled'

const info: EngineInfo = { id: 'fused', title: 'Fused WebAssembly', threads: 1 }

/**
 * Small dense and recurrent networks in code made for their shape: a step of two moons takes microseconds. It needs neither
 * TensorFlow nor the network's help, so any process and thread can have one.
 */
export const fusedEngine: Engine = {
  info,
  supports: (document, derivation) => {
    const chain = chainOf(document, planSystem(document, derivation), derivation.data!.rows)
    return 'code' in chain ? chain : undefined
  },
  compile: (document, derivation, dataset) => {
    const plan = planSystem(document, derivation)
    const chain = chainOf(document, plan, dataset.rows)
    if ('code' in chain) throw new Error(chain.message)
    return new FusedCompiled(info, plan, chain, dataset, document)
  }
}
