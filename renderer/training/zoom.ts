/** A stretch of epochs that is shown. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** A chart shows at least this many epochs. */
const LEAST = 4

/** The stretch made `factor` times as long around one of its epochs; undefined where that is all of it. */
export function zoomed(shown: Stretch, whole: Stretch, around: number, factor: number): Stretch | undefined {
  const length = Math.max(LEAST, (shown.to - shown.from) * factor)
  if (length >= whole.to - whole.from) return undefined
  const share = (around - shown.from) / (shown.to - shown.from)
  return within({ from: around - share * length, to: around + (1 - share) * length }, whole)
}

/** The stretch moved by a share of its length. */
export function panned(shown: Stretch, whole: Stretch, share: number): Stretch {
  const by = share * (shown.to - shown.from)
  return within({ from: shown.from + by, to: shown.to + by }, whole)
}

/** The stretch between two epochs, in whichever order; undefined where it is too short to mean one. */
export function dragged(a: number, b: number, whole: Stretch): Stretch | undefined {
  const [from, to] = [Math.min(a, b), Math.max(a, b)]
  return to - from < LEAST ? undefined : within({ from, to }, whole)
}

function within({ from, to }: Stretch, whole: Stretch): Stretch {
  const length = Math.min(to - from, whole.to - whole.from)
  const start = Math.max(whole.from, Math.min(from, whole.to - length))
  return { from: start, to: start + length }
}
