import type { RandomStream } from '../../random/stream'
import type { ConfigOf, Fields } from '../fields'
import type { Described } from './described'

/**
 * Where a drawn picture shows what: the place (x, y) shows the picture's place (a·x + b·y + c, d·x + e·y + f). Places
 * are in pixels from the middle of the picture, x to the right and y downwards.
 */
export type Placement = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

/** Pixels, and numbers of a pixel. */
export interface PictureSize {
  readonly width: number
  readonly height: number
  readonly channels: number
}

/**
 * A way of drawing other pictures of the same thing, one of which training sees in the place of the picture. It either
 * moves what is shown or changes how light it is. Moves are put together before a picture is drawn, so that it is
 * drawn once and stays sharp.
 */
export interface AugmentationDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly icon: string
  /** Keras' layer that does the same. */
  readonly keras: string
  /** What it is set to, in a few words: "up to 15°". */
  readonly fact: (config: ConfigOf<Fs>) => string
  /** Draws a placement for a picture. */
  readonly move?: (config: ConfigOf<Fs>, random: RandomStream, size: PictureSize) => Placement
  /** Draws a change of the numbers [height, width, channels] of a picture, 0 is dark and 1 is light, and makes it. */
  readonly shade?: (
    config: ConfigOf<Fs>,
    random: RandomStream,
    picture: Float32Array,
    size: PictureSize
  ) => void
}
