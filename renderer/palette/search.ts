import { LAYER_GROUPS, type LayerDefinition } from '@core/registry/define'
import { layers } from '@core/registry'

/** A heading of the palette and what stands under it. */
export interface PaletteGroup {
  readonly title: string
  readonly layers: readonly LayerDefinition[]
}

/** All layers by group, in the palette's order; the ends come last, as most networks have them. */
export function paletteGroups(
  found: readonly LayerDefinition[] = Object.values(layers)
): readonly PaletteGroup[] {
  const titles = [...LAYER_GROUPS.filter((g) => g !== 'Ends'), 'Ends' as const]
  return titles
    .map((title) => ({ title, layers: found.filter((l) => l.group === title) }))
    .filter((group) => group.layers.length > 0)
}

/** Groups that stand open until a person folds them: the everyday ones, and those made for this kind of data. */
export function opensAtFirst(group: string, rank: number): boolean {
  if (group === 'Everyday') return true
  return (group === 'Pictures' && rank === 3) || (group === 'Sequences' && rank === 2)
}

/** Layers whose title, type or words hold every word that is looked for; titles that start with it come first. */
export function findLayers(query: string): readonly LayerDefinition[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const ranked = Object.values(layers).flatMap((layer) => {
    const title = layer.title.toLowerCase()
    const text = `${title} ${layer.type.toLowerCase()} ${layer.summary.toLowerCase()}`
    if (!words.every((w) => text.includes(w))) return []
    return [
      {
        layer,
        rank: words.every((w) => title.startsWith(w)) ? 0 : words.every((w) => title.includes(w)) ? 1 : 2
      }
    ]
  })
  return ranked.sort((a, b) => a.rank - b.rank).map(({ layer }) => layer)
}
