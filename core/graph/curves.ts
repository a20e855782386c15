/*
 * Lines between the cards of a network, as SVG paths.
 */

/** An S-curve; `bend` is the share of the width at which the handles sit. */
export function curve(x1: number, y1: number, x2: number, y2: number, bend = 0.5): string {
  const d = (x2 - x1) * bend
  return `M${x1} ${y1}C${x1 + d} ${y1} ${x2 - d} ${y2} ${x2} ${y2}`
}

/** A line that leaves to the right, runs below or above the cards at the height `dip`, and comes back. */
export function aroundPath(x1: number, y1: number, x2: number, y2: number, dip: number): string {
  if (x2 - x1 < 80) return curve(x1, y1, x2, y2)
  const d = Math.min(130, (x2 - x1) / 2)
  const [a, b] = [d * 0.34, d * 0.62]
  return `M${x1} ${y1}C${x1 + a} ${dip} ${x1 + b} ${dip} ${x1 + d} ${dip}H${x2 - d}C${x2 - b} ${dip} ${x2 - a} ${dip} ${x2} ${y2}`
}
