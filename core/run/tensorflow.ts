import type { Document } from '../document/schema'
import type { ProjectFiles } from '../data/files'
import { derive } from '../graph/derive'
import { multiplications } from '../graph/multiplications'
import { layers } from '../registry'

/** Below this many multiplications an example, sharing a step out to threads costs more than it gains. */
const SMALL = 2_000_000

/** How TensorFlow is set up. It reads this when it is loaded, so it is fixed for a process. */
export interface TensorflowSettings {
  /** Threads to use: a number, or all that it likes. */
  readonly threads: number | 'all'
  /** Kernels of the oneDNN library in the place of TensorFlow's own. */
  readonly oneDnn: boolean
}

/** What nearly every first project wants. */
export const FIRST_SETTINGS: TensorflowSettings = { threads: 1, oneDnn: false }

/**
 * The settings for a document. Threads are what it says, else one for a small network, which is 2 to 3 times faster
 * that way. oneDNN convolves in two thirds of the time, and computes some other layers wrong now and then (decision
 * 15).
 */
export function tensorflowFor(document: Document, files: ProjectFiles): TensorflowSettings {
  const small = multiplications(derive(document, files)) < SMALL
  const nodes = document.networks.flatMap((network) => Object.values(network.nodes))
  const effects = nodes.map(({ type, config }) => layers[type]?.oneDnn?.(config))
  return {
    threads: document.training.threads ?? (small ? 1 : 'all'),
    oneDnn: effects.includes('faster') && !effects.includes('wrong')
  }
}

export const sameSettings = (a: TensorflowSettings, b: TensorflowSettings): boolean =>
  a.threads === b.threads && a.oneDnn === b.oneDnn

/** The environment that makes TensorFlow take them up. */
export function tensorflowEnvironment({ threads, oneDnn }: TensorflowSettings): {
  readonly [name: string]: string
} {
  return {
    ...(threads === 'all'
      ? {}
      : { TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: String(threads) }),
    // By itself it goes by the processor: the same network would have other numbers on another machine.
    TF_ENABLE_ONEDNN_OPTS: oneDnn ? '1' : '0'
  }
}
