/*
 * Files of one specimen: what their names have in common. A way of telling it goes into a document as a short text:
 * "folder", "number", "first:_" or "last:_".
 */

/** Signs that part the pieces of a name. */
const SIGNS = ['_', '-', '.', ' '] as const
const PATTERN = /^(folder|number|(first|last):([-_. ]))$/

/** Is this a way of telling specimens from names? */
export function isNamePattern(pattern: string): boolean {
  return PATTERN.test(pattern)
}

/** What a picture's name says of its specimen; undefined where it says nothing. Paths have slashes. */
export function specimenOf(path: string, pattern: string): string | undefined {
  const cut = path.lastIndexOf('/')
  const folder = cut < 0 ? '' : path.slice(0, cut)
  if (pattern === 'folder') return folder === '' ? undefined : folder
  const name = path.slice(cut + 1).replace(/\.[^.]+$/, '')
  if (pattern === 'number') return /\d+/.exec(name)?.[0]
  const [, , which, sign] = PATTERN.exec(pattern) ?? []
  if (which === undefined || sign === undefined) return undefined
  const at = which === 'first' ? name.indexOf(sign) : name.lastIndexOf(sign)
  return at > 0 ? name.slice(0, at) : undefined
}

/** The pattern in words that are short enough for a list: "Before the last _". */
export function patternWords(pattern: string): string {
  if (pattern === 'folder') return 'Their folder'
  if (pattern === 'number') return 'First number'
  const [, , which, sign] = PATTERN.exec(pattern) ?? []
  const named = { _: '_', '-': '-', '.': 'dot', ' ': 'space' }[sign ?? ''] ?? '?'
  return `Before the ${which} ${named}`
}

/** A way of keeping pictures together that the names of these pictures offer. */
export interface NameSuggestion {
  readonly pattern: string
  /** Specimens with more than one picture. */
  readonly groups: number
  /** Pictures of the largest of them. */
  readonly largest: number
}

/** No suggestion puts more than this share of all pictures into one group. */
const MOST_IN_ONE = 0.5

/**
 * The ways that make sense for these pictures: some of them stay together, no group holds most of them, and it is not
 * their classes that are told. Ways that come to the same are offered once.
 */
export function suggestPatterns(
  files: readonly { readonly path: string; readonly klass: number }[]
): readonly NameSuggestion[] {
  const patterns = ['folder', ...SIGNS.flatMap((sign) => [`last:${sign}`, `first:${sign}`]), 'number']
  const seen = new Set<string>()
  return patterns.flatMap((pattern) => {
    const sizes = new Map<string, number>()
    const places: number[] = []
    const order = new Map<string, number>()
    const classes = new Map<string, Set<number>>()
    for (const { path, klass } of files) {
      const specimen = specimenOf(path, pattern)
      if (specimen === undefined) {
        places.push(-1)
        continue
      }
      sizes.set(specimen, (sizes.get(specimen) ?? 0) + 1)
      if (!order.has(specimen)) order.set(specimen, order.size)
      places.push(order.get(specimen)!)
      const own = classes.get(specimen) ?? new Set()
      classes.set(specimen, own.add(klass))
    }
    const together = [...sizes.values()].filter((size) => size > 1)
    const largest = Math.max(0, ...together)
    const tellsClasses = sizes.size <= new Set(files.map(({ klass }) => klass)).size
    const signature = places.join()
    if (together.length === 0 || tellsClasses || largest > MOST_IN_ONE * files.length || seen.has(signature))
      return []
    seen.add(signature)
    return [{ pattern, groups: together.length, largest }]
  })
}
