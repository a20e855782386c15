import { multiplications } from '@core/graph/multiplications'
import type { Ops } from '@core/registry/define'
import type { EngineInfo } from '@core/run/events'
import { batchRows } from '../../batches'
import { EagerNetwork } from '../eager/network'
import { eagerEngine } from '../eager/engine'
import type { Engine } from '../engine'
import { planSystem } from '@core/graph/plan'
import { NativeNetwork } from './network'
import { NotTraceable } from './trace'

/** Multiplications of an update below which the call for it takes about as long as itself, forward and back. */
const LIGHT = 2e7

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
        const light = multiplications(derivation) * batchRows(document, dataset.parts.train.length) < LIGHT
        return await NativeNetwork.compile({ info, ops, plan, dataset, light }, document)
      } catch (error) {
        if (!(error instanceof NotTraceable)) throw error
        const slower = { ...info, reason: `This network runs operation by operation. ${error.message}` }
        return new EagerNetwork({ info: slower, name: 'tensorflow', ops }, plan, dataset, document)
      }
    }
  }
}
