/** How a cell of the heatmap is coloured. */
export interface Heat {
  readonly tone: 'right' | 'wrong' | 'none'
  /** 0–1: how strong the colour is. */
  readonly strength: number
}

/**
 * The colours of all cells [classes · classes]. Right answers are the stronger the larger their share of the row; wrong
 * ones in comparison to the commonest mistake, because they would all look alike beside the right ones.
 */
export function heatOf(counts: Int32Array, classes: number): readonly Heat[] {
  const shares = sharesOfRows(counts, classes)
  const wrong = shares.filter((_, at) => !isRight(at, classes))
  const most = Math.max(0, ...wrong)
  return shares.map((share, at) => {
    if (counts[at] === 0) return { tone: 'none', strength: 0 }
    if (isRight(at, classes)) return { tone: 'right', strength: share }
    return { tone: 'wrong', strength: Math.sqrt(share / most) }
  })
}

/** Is this the cell of right answers in its row? */
export function isRight(at: number, classes: number): boolean {
  return Math.floor(at / classes) === at % classes
}

/** The share of its row that each cell has; 0 in an empty row. */
export function sharesOfRows(counts: Int32Array, classes: number): readonly number[] {
  return Array.from(counts, (count, at) => {
    const row = Math.floor(at / classes) * classes
    let all = 0
    for (let k = 0; k < classes; k++) all += counts[row + k]!
    return all > 0 ? count / all : 0
  })
}

/** A share of a row as the cell says it: "97.1", "100"; nothing for none. */
export function shareText(share: number): string {
  if (share === 0) return ''
  const percent = 100 * share
  return percent > 99.95 ? '100' : percent < 0.05 ? '<0.1' : percent.toFixed(1)
}

/** The cell that an arrow key leads to, within the heatmap; undefined for other keys. */
export function cellBeside(key: string, at: number, classes: number): number | undefined {
  const row = Math.floor(at / classes)
  const column = at % classes
  const within = (n: number): number => Math.max(0, Math.min(classes - 1, n))
  switch (key) {
    case 'ArrowLeft':
      return row * classes + within(column - 1)
    case 'ArrowRight':
      return row * classes + within(column + 1)
    case 'ArrowUp':
      return within(row - 1) * classes + column
    case 'ArrowDown':
      return within(row + 1) * classes + column
    case 'Home':
      return row * classes
    case 'End':
      return row * classes + classes - 1
    default:
      return undefined
  }
}
