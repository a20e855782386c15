import type { LibraryRows, Rows, SourceDescription } from '../registry/define'
import type { ChoiceField, IntField } from '../registry/fields'
import { sizeOf } from '../graph/signal'

/** How many pictures the makers of MNIST and of CIFAR-10 have set aside. */
const HELD_OUT = 10_000

/** The settings of pictures that the library holds. */
export function pictureFields<const N extends number>(train: N) {
  return {
    samples: {
      kind: 'int',
      label: 'Pictures to learn from',
      unit: 'pictures',
      help: 'Fewer make an epoch shorter, and the network worse.',
      default: train,
      min: 10,
      max: train
    },
    heldOut: {
      kind: 'choice',
      label: 'Pictures held back',
      help: 'Nobody learns from the pictures that the makers of the data have set aside.',
      default: 'validation',
      options: [
        { value: 'validation', label: 'Watched while training' },
        { value: 'test', label: 'Scored once at the end' }
      ]
    },
    heldOutSamples: {
      kind: 'int',
      label: 'How many of them',
      unit: 'pictures',
      help: 'Scoring fewer is quicker, and less exact.',
      default: HELD_OUT,
      min: 10,
      max: HELD_OUT,
      advanced: true
    }
  } as const satisfies { samples: IntField; heldOut: ChoiceField; heldOutSamples: IntField }
}

/** The values of those settings. */
export interface PictureConfig {
  readonly samples: number
  readonly heldOut: 'validation' | 'test'
  readonly heldOutSamples: number
}

/** Describes pictures of these classes; without classes the right answer is the picture itself. */
export function describePictures(
  { samples, heldOut, heldOutSamples }: PictureConfig,
  shape: readonly number[],
  classes: readonly string[] | undefined
): SourceDescription {
  return {
    features: [],
    classes: classes ?? [],
    shape,
    target: classes ? { classes: classes.length, shape: [] } : { shape },
    rows: samples + heldOutSamples,
    heldOut: { rows: heldOutSamples, part: heldOut }
  }
}

/**
 * The first `samples` of the library's pictures to learn from, then the first `heldOutSamples` of those held back.
 * Bytes of 0 to 255 stand for 0 to 1.
 */
export function pictureRows(
  set: LibraryRows,
  { samples, heldOutSamples }: PictureConfig,
  shape: readonly number[]
): Rows & { readonly x: Uint8Array; readonly y: Int32Array } {
  const size = sizeOf(shape)
  const aside = set.y.length - HELD_OUT
  const pick = (from: Uint8Array, width: number): Uint8Array => {
    // All of them: 180 MB are not copied for nothing.
    if (samples === aside && heldOutSamples === HELD_OUT) return from
    const picked = new Uint8Array((samples + heldOutSamples) * width)
    picked.set(from.subarray(0, samples * width))
    picked.set(from.subarray(aside * width, (aside + heldOutSamples) * width), samples * width)
    return picked
  }
  return { x: pick(set.x, size), y: Int32Array.from(pick(set.y, 1)), scale: 1 / 255 }
}
