import type { Document } from '@core/document/schema'
import type { ProjectFiles } from '@core/data/files'
import { sizeOf } from '@core/graph/signal'
import { sources } from '@core/registry'

/** Numbers that the window makes of pictures and sequences: enough to look at, quick enough to follow a slider. */
const SKETCH = 300_000

/**
 * The data that the window makes to show. Where all examples together are more than it can make between two moves of
 * a slider, it makes the first of them; the same object where it makes all.
 */
export function sketchOf(data: Document['data'], files: ProjectFiles): Document['data'] {
  const { type, config } = data.source
  const { describe, fields, library } = sources[type]!
  const field = fields['samples']
  if (library || field?.kind !== 'int') return data
  const described = describe(config, files)
  if ('code' in described || described.shape.length < 2) return data
  const samples = Math.max(field.min, Math.floor(SKETCH / sizeOf(described.shape)))
  if (samples >= described.rows) return data
  return { ...data, source: { type, config: { ...config, samples } } }
}
