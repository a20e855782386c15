import type { Document } from '@core/document/schema'
import { derive, type ProjectFiles } from '@core/graph/derive'

/** Below this many weights, sharing a step out to threads costs more than it gains. */
const SMALL = 200_000

/** Threads that TensorFlow should use: a number, or all that it likes. */
export type Threads = 1 | 'all'

/** The setting for a document. It is fixed when the process starts: small networks run 2 to 3 times faster on one. */
export function threadsFor(document: Document, files: ProjectFiles): Threads {
  const parameters = Object.values(derive(document, files).nodes).reduce((n, node) => n + node.parameters, 0)
  return parameters < SMALL ? 1 : 'all'
}

/** The environment that makes TensorFlow take it up. */
export function threadEnvironment(threads: Threads): { readonly [name: string]: string } {
  return threads === 'all' ? {} : { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' }
}
