import type { SourceDescription } from '../registry/define'

/** What the examples of some data are called, for people. */
export type Noun = 'points' | 'pictures' | 'sequences' | 'rows'

/** What examples are called: two numbers are a point of the plane, [28, 28, 1] is a picture. */
export function nounOf(
  data: Pick<SourceDescription, 'shape' | 'plane' | 'symbols' | 'tokens'> | undefined
): Noun {
  if (data?.plane) return 'points'
  if (data?.symbols) return 'sequences'
  if (data?.tokens !== undefined) return 'rows'
  const shape = data?.shape
  switch (shape?.length) {
    case undefined:
    case 0:
      return 'rows'
    case 1:
      return shape![0] === 2 ? 'points' : 'rows'
    case 2:
      return 'sequences'
    default:
      return 'pictures'
  }
}
