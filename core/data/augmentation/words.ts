import type { Document } from '../../document/schema'
import { augmentations } from '../../registry'
import type { SourceDescription } from '../../registry/define'
import { augmentationOf } from './draw'

/** How pictures are changed, in a line: "Flip (left and right), Rotation (up to 15°)"; undefined where they are not. */
export function augmentationWords(
  data: Document['data'],
  described: SourceDescription | undefined
): string | undefined {
  const steps = described && augmentationOf(data, described)?.steps
  return steps
    ?.map(({ type, config }) => `${augmentations[type]!.title} (${augmentations[type]!.fact(config)})`)
    .join(', ')
}
