import type { Document } from '@core/document/schema'
import type { Derivation } from '@core/graph/derive'
import { sizeOf } from '@core/graph/signal'
import { schemes } from '@core/registry'

/** Numbers an answer of which a chart can still be read. */
const MOST_NUMBERS = 8

/**
 * What can be shown of the answers: how classes are mixed up, or how far numbers are off; undefined where answers are
 * not compared with right ones, or are whole pictures.
 */
export function answerKind(
  { training }: Pick<Document, 'training'>,
  { data }: Pick<Derivation, 'data'>
): 'classes' | 'numbers' | undefined {
  if (!data || !schemes[training.scheme.type]!.compares) return undefined
  if (data.target.classes !== undefined) return data.classes.length > 1 ? 'classes' : undefined
  return sizeOf(data.target.shape) <= MOST_NUMBERS ? 'numbers' : undefined
}

/** Numbers that a person can type, and the side of a picture that can be drawn. */
const MOST_TYPED = 60
const LARGEST_SIDE = 128

/** Can a person make an example of this data by hand? */
export function canTry({ data }: Pick<Derivation, 'data'>): boolean {
  if (data?.symbols || data?.tokens !== undefined) return true
  const shape = data?.shape ?? []
  if (shape.length === 3) return Math.max(shape[0]!, shape[1]!) <= LARGEST_SIDE && [1, 3].includes(shape[2]!)
  return shape.length === 1 && shape[0]! <= MOST_TYPED
}

/** Is an example a row of columns, of which one can be shuffled? */
export function hasColumns({ data }: Pick<Derivation, 'data'>): boolean {
  if (!data || data.plane || data.symbols || data.tokens !== undefined || data.shape.length !== 1)
    return false
  return data.shape[0]! > 1 && data.features.length === data.shape[0]
}
