import type { Document } from '../document/schema'
import { derive, type ProjectFiles } from '../graph/derive'
import { multiplications } from '../graph/multiplications'

/** Below this many multiplications an example, sharing a step out to threads costs more than it gains. */
const SMALL = 2_000_000

/** Threads that TensorFlow should use: a number, or all that it likes. */
export type Threads = number | 'all'

/**
 * The setting for a document: what it says, else one thread for a small network, which is 2 to 3 times faster that
 * way. TensorFlow takes it up when it is loaded, so it is fixed for a process.
 */
export function threadsFor(document: Document, files: ProjectFiles): Threads {
  return document.training.threads ?? (multiplications(derive(document, files)) < SMALL ? 1 : 'all')
}

/** The environment that makes TensorFlow take it up. */
export function threadEnvironment(threads: Threads): { readonly [name: string]: string } {
  if (threads === 'all') return {}
  return { TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: String(threads) }
}
