import type { Document } from '../document/schema'
import { derive, type ProjectFiles } from '../graph/derive'
import { sizeOf } from '../graph/signal'

/** Below this many multiplications an example, sharing a step out to threads costs more than it gains. */
const SMALL = 2_000_000

/** Threads that TensorFlow should use: a number, or all that it likes. */
export type Threads = number | 'all'

/**
 * The setting for a document: what it says, else one thread for a small network, which is 2 to 3 times faster that
 * way. TensorFlow takes it up when it is loaded, so it is fixed for a process.
 */
export function threadsFor(document: Document, files: ProjectFiles): Threads {
  return document.training.threads ?? (work(document, files) < SMALL ? 1 : 'all')
}

/** About how many multiplications an example takes: each weight once for every place that it is used at. */
function work(document: Document, files: ProjectFiles): number {
  return Object.values(derive(document, files).nodes).reduce((sum, { parameters, inputs, outputs }) => {
    const input = Object.values(inputs).find((s) => s.kind === 'numbers')
    const output = Object.values(outputs).find((s) => s?.kind === 'numbers')
    // All axes of a picture or sequence but the last are places.
    const places = [input, output].map((s) => (s?.kind === 'numbers' ? sizeOf(s.shape.slice(0, -1)) : 1))
    return sum + parameters * Math.max(...places)
  }, 0)
}

/** The environment that makes TensorFlow take it up. */
export function threadEnvironment(threads: Threads): { readonly [name: string]: string } {
  if (threads === 'all') return {}
  return { TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: String(threads) }
}
