import type { LibraryRows, Rows, SourceDescription } from '../registry/define'
import type { ChoiceField, IntField } from '../registry/fields'
import { sizeOf } from '../graph/signal'

/** How many pictures the makers of MNIST and of CIFAR-10 have set aside. */
const HELD_OUT = 10_000

/** The settings of pictures that the library holds; `answer` is what a picture shows, as the right answer. */
export function pictureFields<const N extends number, const A extends string>(
  train: N,
  answer: { readonly value: A; readonly label: string }
) {
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
    },
    answers: {
      kind: 'choice',
      label: 'Right answer',
      help: 'The picture itself is for an autoencoder, which learns to draw what it sees.',
      default: answer.value,
      options: [answer, { value: 'picture', label: 'The picture itself' }]
    }
  } as const satisfies {
    samples: IntField
    heldOut: ChoiceField
    heldOutSamples: IntField
    answers: ChoiceField
  }
}

/** The values of those settings. */
export interface PictureConfig {
  readonly samples: number
  readonly heldOut: 'validation' | 'test'
  readonly heldOutSamples: number
  /** 'picture' is the picture itself. */
  readonly answers: string
}

/** Describes pictures of these classes. */
export function describePictures(
  { samples, heldOut, heldOutSamples, answers }: PictureConfig,
  shape: readonly number[],
  names: readonly string[]
): SourceDescription {
  const classes = answers === 'picture' ? undefined : names
  return {
    features: [],
    classes: classes ?? [],
    shape,
    target: classes ? { classes: classes.length, shape: [] } : { shape },
    ...(classes ? {} : { copies: true }),
    scale: 1 / 255,
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
  { samples, heldOutSamples, answers }: PictureConfig,
  shape: readonly number[]
): Rows & { readonly x: Uint8Array } {
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
  const y = answers === 'picture' ? undefined : Int32Array.from(pick(set.y, 1))
  return { x: pick(set.x, size), y }
}
