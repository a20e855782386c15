import type { Box } from './callouts'

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

/** Where an arrow key points to, as steps of x and y. */
export const STEPS: { readonly [D in Direction]: readonly [number, number] } = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
}

/** The nearest box in a direction: what lies off to the side counts double. */
export function nearestIn(
  boxes: ReadonlyMap<string, Box>,
  from: string,
  direction: Direction
): string | undefined {
  const start = boxes.get(from)
  if (!start) return boxes.keys().next().value
  const [dx, dy] = STEPS[direction]
  const middle = (b: Box) => ({ x: b.x + b.width / 2, y: b.y + b.height / 2 })
  const here = middle(start)
  let best: { id: string; cost: number } | undefined
  for (const [id, box] of boxes) {
    if (id === from) continue
    const there = middle(box)
    const along = (there.x - here.x) * dx + (there.y - here.y) * dy
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx)
    if (along <= 4 || aside > 2 * along) continue
    const cost = along + 2 * aside
    if (!best || cost < best.cost) best = { id, cost }
  }
  return best?.id
}
