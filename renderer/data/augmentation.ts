import { augmentedPictures, type Augmentation } from '@core/data/augmentation/draw'
import type { Edit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import { augmentations, sources } from '@core/registry'
import { defaultsOf, type FieldValue } from '@core/registry/fields'
import type { Examples } from '@core/ipc'
import { sizeOf } from '@core/graph/signal'

type Data = Document['data']

/** What is switched on; nothing at first. Ink stands on an empty ground, so nothing comes in at its edges. */
export function augmentationNow({ augmentation, source }: Data): Augmentation {
  return augmentation ?? { steps: [], fill: sources[source.type]!.ink ? 'constant' : 'reflect' }
}

/** The edit that switches one on, or off. */
export function toggled(data: Data, type: string): Edit {
  const now = augmentationNow(data)
  const others = now.steps.filter((step) => step.type !== type)
  const on = others.length === now.steps.length
  const { title, fields } = augmentations[type]!
  const steps = on ? [...others, { type, config: defaultsOf(fields) }] : others
  return edit(`${on ? 'add' : 'remove'} ${title.toLowerCase()}`, { ...now, steps })
}

/** The edit that sets one of its settings. */
export function withStep(data: Data, type: string, name: string, value: FieldValue): Edit {
  const now = augmentationNow(data)
  const steps = now.steps.map((step) =>
    step.type === type ? { type, config: { ...step.config, [name]: value } } : step
  )
  return edit(`change ${augmentations[type]!.title.toLowerCase()}`, { ...now, steps })
}

/** The edit that says what stands beyond a picture's edge. */
export function withFill(data: Data, fill: Augmentation['fill']): Edit {
  return edit('change the edges of pictures', { ...augmentationNow(data), fill })
}

function edit(label: string, augmentation: Augmentation): Edit {
  const change = { augmentation: augmentation.steps.length > 0 ? augmentation : undefined }
  return { kind: 'all', label, edits: [{ kind: 'setData', change: change as Partial<Data> }] }
}

/** A picture as it is, and as training sees it in some epochs, each [height · width · channels] from 0 to 1. */
export interface Variants {
  readonly row: number
  readonly shape: readonly number[]
  readonly before: Float32Array
  readonly drawn: readonly Float32Array[]
}

/** The first of these examples as training with this seed sees it in `count` epochs from `epoch` on. */
export function variantsOf(
  { examples, x, scale, shape }: Examples,
  augmentation: Augmentation,
  { seed, epoch, count }: { readonly seed: number; readonly epoch: number; readonly count: number }
): Variants {
  const { row } = examples[0]!
  const picture = x.subarray(0, sizeOf(shape))
  // One picture at the place of its row: a draw hangs on the number of the row.
  const at = { shape, scale, x: picture, offset: row }
  return {
    ...{ row, shape },
    before: Float32Array.from(picture, (v) => v * scale),
    drawn: Array.from({ length: count }, (_, i) =>
      augmentedPictures(at, Int32Array.of(row), augmentation, { epoch: epoch + i, seed })
    )
  }
}
