import type { Problem } from '../../result'
import { NotRecordable } from './recorder'
import { trace, type Traced } from './trace'

/** Why a network cannot be written as operations: the node that does what there is no operation for. */
export function traceProblems(model: Traced): readonly Problem[] {
  try {
    trace(model)
    return []
  } catch (error) {
    if (!(error instanceof NotRecordable)) throw error
    return [
      {
        code: 'export-operation',
        nodeId: error.nodeId,
        message: `This format has no operation for what it does: ${error.message}.`,
        detail: 'Keras’ own format keeps layers as they are.'
      }
    ]
  }
}
