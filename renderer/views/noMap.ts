import type { SourceDescription } from '@core/registry/define'
import type { Noun } from '@core/data/noun'
import { singular } from '../shared/examples'

/** Why there is no map of what the network has learned; undefined before the data is known. */
export function noMap(
  data: Pick<SourceDescription, 'shape' | 'target'> | undefined,
  noun: Noun
): string | undefined {
  if (!data) return undefined
  const map = 'The map of what the network has learned'
  const rest = 'The curves tell the rest.'
  if (data.shape.length > 1)
    return `${map} is for points in a plane. A ${singular(noun)} has no place in one. ${rest}`
  const [numbers = 0] = data.shape
  if (numbers !== 2)
    return `${map} needs two columns of numbers, one for each direction. This data has fewer. ${rest}`
  return `${map} has a colour for each class. Here there are none. ${rest}`
}
