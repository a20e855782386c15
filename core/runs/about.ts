import type { ProjectFiles } from '../data/files'
import type { Document } from '../document/schema'
import { layers, optimizers, schemes, sources } from '../registry'
import type { PictureFolder } from '../data/pictureFolder'

/** What a document learns from, in words: "Two moons", "Table: penguins.csv". */
export function dataTitle({ data }: Document): string {
  const { type, config } = data.source
  const { title, fields } = sources[type]!
  const names = Object.entries(fields).flatMap(([name, field]) => {
    const value = config[name]
    if (field.kind === 'file') return typeof value === 'string' && value !== '' ? [value] : []
    return field.kind === 'folder' ? [(value as PictureFolder).name] : []
  })
  return [title, ...names.filter((name) => name !== '')].join(': ')
}

const NETWORK_LENGTH = 90

/** The layers of a document in a line: "8 neurons → 2 neurons". */
export function networkText(document: Document): string {
  const facts = document.networks.flatMap(({ nodes }) =>
    Object.values(nodes).flatMap(({ type, config }) => {
      const layer = layers[type]!
      return layer.role === 'layer' ? [layer.fact(config) || layer.title] : []
    })
  )
  const text = facts.join(' → ')
  return text.length > NETWORK_LENGTH ? `${text.slice(0, NETWORK_LENGTH - 1)}…` : text
}

/** Text that is the same for the same data in the same parts; to be hashed. */
export function dataFacts({ data }: Document, files: ProjectFiles): string {
  const { source, seed, split, corrections = [] } = data
  const bytes = Object.entries(files)
    .map(([name, { sha256, read }]) => [name, sha256, read] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([source, seed, split, corrections, bytes])
}

/** Words that a run is found by besides its names: data, layers, optimizer. */
export function searchFacts(document: Document): string {
  const { scheme, optimizer } = document.training
  const nodes = document.networks.flatMap((network) => Object.values(network.nodes))
  const words = nodes.flatMap(({ type, name }) => [type, layers[type]?.title ?? '', name ?? ''])
  return [
    dataTitle(document),
    optimizers[optimizer.type]?.title ?? optimizer.type,
    schemes[scheme.type]?.title ?? scheme.type,
    ...new Set(words)
  ].join(' ')
}

/** Text as searching compares it: small letters without accents; any letters of any script. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\p{C}/gu, ' ').toLowerCase()
}

/** The words of what was typed into a search field, as they are compared. */
export function searchWords(text: string): readonly string[] {
  return folded(text)
    .split(/\s+/)
    .filter((word) => word !== '')
}
