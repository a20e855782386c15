/** One of a few things to choose from. */
export interface Choice {
  readonly value: string
  readonly label: string
  readonly help?: string | undefined
}

const MOST_SEGMENTS = 3
/** Letters that fit side by side in the narrow inspector. */
const MOST_LETTERS = 28

/** Are these few and short enough to stand side by side? */
export function fitsSegments(choices: readonly Choice[]): boolean {
  return choices.length <= MOST_SEGMENTS && choices.reduce((n, c) => n + c.label.length, 0) <= MOST_LETTERS
}
