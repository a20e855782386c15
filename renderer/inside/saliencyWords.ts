import { grouped, singly, type FeatureGroup } from '@core/answers/importance'
import type { Dataset } from '@core/data/dataset'
import { answerOf } from '@core/data/preparation/preparation'
import { sizeOf } from '@core/graph/signal'
import type { Saliency, Slopes } from '@core/ipc'
import type { Derivation } from '@core/graph/derive'
import { percentText } from '../shared/words'

/** Less than this is hardly anything: a hundredth. */
const HARDLY = 0.01

/** What covering places of a picture does to the share of a class, in words. */
export function saliencyWords({ share, least, most }: Saliency, name: string): string {
  const falls = share - least
  const rises = most - share
  const parts = [
    falls >= HARDLY
      ? `${strengthOf(falls)}: covered at the strongest green place, ${name} falls from ${percentText(share)} to ${percentText(least)}.`
      : `Hangs on no single place: whichever is covered, ${name} stays at ${percentText(least)} or more.`
  ]
  if (rises >= HARDLY) parts.push(`Covered where it is purple, it rises to ${percentText(most)} at most.`)
  return parts.join(' ')
}

function strengthOf(falls: number): string {
  if (falls >= 0.5) return 'Hangs on single places'
  return falls >= 0.1 ? 'Hangs partly on single places' : 'Hangs a little on single places'
}

/** Log-odds that are full colour at least: less is faint, as it is next to nothing. */
const LEAST_LIMIT = 0.2

/** Full colour of the map. */
export function saliencyLimit({ values }: Pick<Saliency, 'values'>): number {
  return values.reduce((most, v) => Math.max(most, Math.abs(v)), LEAST_LIMIT)
}

/** Are examples pictures that are of one class each? */
export function hasSaliency({ data }: Pick<Derivation, 'data'>): boolean {
  return data?.shape.length === 3 && data.target.classes !== undefined && data.target.shape.length === 0
}

/** Are examples rows of columns with one answer each, of which can be said what each column brought to it? */
export function hasMoves({ data }: Pick<Derivation, 'data'>): boolean {
  if (!data || data.plane || data.symbols || data.tokens !== undefined || data.shape.length !== 1)
    return false
  const { classes, shape } = data.target
  const single = classes === undefined ? sizeOf(shape) === 1 : shape.length === 0
  return single && data.shape[0]! > 1 && data.features.length === data.shape[0]
}

/** What a map of pixels is drawn from. */
export interface PixelMap {
  readonly width: number
  readonly height: number
  /** [height, width]: above 0 speaks for the answer. */
  readonly values: Float32Array
  /** Full colour. */
  readonly limit: number
}

/** The slopes of a picture [height, width, channels] as a map: all channels of a pixel together. */
export function slopeMap({ slopes }: Slopes, shape: readonly number[]): PixelMap {
  const [height = 1, width = 1, channels = 1] = shape
  const values = new Float32Array(height * width)
  for (const [i, slope] of slopes.entries()) values[Math.floor(i / channels)]! += slope
  return { width, height, values, limit: values.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-9) }
}

/** The patches of a picture as a map. */
export const coverMap = (found: Saliency): PixelMap => ({ ...found, limit: saliencyLimit(found) })

/** What a column brought to an answer. */
export interface ColumnMove {
  readonly name: string
  /** Log-odds of a class, or numbers in the unit of the answer: above 0 for it, or more of it. */
  readonly moved: number
}

/** What each column of a row brought to its answer against the average row, the most first. */
export function columnMoves({ moved, class: class_ }: Slopes, dataset: Dataset): readonly ColumnMove[] {
  const preparation = dataset.prepared?.preparation
  const groups: readonly FeatureGroup[] = preparation ? grouped(preparation.inputs) : singly(dataset.features)
  // A number is answered on the scale that the network learns on.
  const unit = preparation && class_ === undefined ? answerOf(preparation, 1) - answerOf(preparation, 0) : 1
  return groups
    .map(({ name, from, count }) => ({
      name,
      moved: unit * moved.subarray(from, from + count).reduce((sum, v) => sum + v, 0)
    }))
    .sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved))
}
