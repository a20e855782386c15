import type { Problem } from '@core/result'

/** Says in words why the engine for small networks does not take a network on. */
export function beyond(what: string, nodeId?: string): Problem {
  return {
    code: 'not-fused',
    message: `This network ${what}, which the engine for small networks cannot do.`,
    detail: 'It takes a chain of Dense and Simple RNN layers. The other engines do everything.',
    ...(nodeId === undefined ? {} : { nodeId })
  }
}
