import type { Ops } from '@core/registry/define'
import type { EngineInfo } from '@core/run/events'
import { EagerNetwork } from '../eager/network'
import { eagerEngine } from '../eager/engine'
import type { Engine } from '../engine'
import { planSystem } from '@core/graph/plan'
import { NativeNetwork } from './network'
import { NotTraceable } from './trace'

/** Native TensorFlow: a network is compiled into one graph; where that cannot be, it is computed step by step. */
export function nativeEngine(info: EngineInfo, ops: Ops): Engine {
  const eager = eagerEngine({ info, name: 'tensorflow', ops })
  return {
    info,
    supports: eager.supports,
    meter: eager.meter!,
    compile: async (document, derivation, dataset) => {
      const plan = planSystem(document, derivation)
      try {
        return await NativeNetwork.compile({ info, ops, plan, dataset }, document)
      } catch (error) {
        if (!(error instanceof NotTraceable)) throw error
        const slower = { ...info, reason: `This network runs operation by operation. ${error.message}` }
        return new EagerNetwork({ info: slower, name: 'tensorflow', ops }, plan, dataset, document)
      }
    }
  }
}
