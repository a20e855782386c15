import type { Document } from '@core/document/schema'
import type { ProjectFiles } from '@core/data/files'
import { tensorflowEnvironment, tensorflowFor } from '@core/run/tensorflow'

/** Before anything loads TensorFlow, which then reads its settings once. What the caller has set stays. */
export function setUpTensorflow(document: Document, files: ProjectFiles): void {
  for (const [name, value] of Object.entries(tensorflowEnvironment(tensorflowFor(document, files))))
    process.env[name] ??= value
}
