/** One of a few things to choose from. */
export interface Choice {
  readonly value: string
  readonly label: string
  readonly help?: string | undefined
}

/** How many stand side by side, and the letters that then fit into the narrow inspector. */
const SEGMENTS = [
  { most: 3, letters: 28 },
  { most: 4, letters: 16 }
] as const

/** Are these few and short enough to stand side by side? */
export function fitsSegments(choices: readonly Choice[]): boolean {
  const written = choices.reduce((n, c) => n + c.label.length, 0)
  return SEGMENTS.some(({ most, letters }) => choices.length <= most && written <= letters)
}
