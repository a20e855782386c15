import type { DerivedNode } from '@core/graph/derive'
import { MAX_THREADS, PORT_Y, type CardGeometry } from './geometry'

/** One line between a unit of one card and a unit of the next. */
export interface Thread {
  readonly from: number
  readonly to: number
  /** A weight joins every unit with every unit; a pass joins like with like; a class leads to the output. */
  readonly kind: 'weight' | 'pass' | 'class'
  /** Its ends, relative to the middles of the two ports: see `threadsOf`. */
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

/** The two cards an edge joins. */
export interface Ends {
  readonly source: CardGeometry
  readonly target: CardGeometry
  readonly targetRole: 'source' | 'layer' | 'sink'
  readonly derived: DerivedNode | undefined
}

/** The name of the weight of shape [inputs, units] that the threads of an edge stand for. */
export function threadWeight(
  derived: DerivedNode | undefined,
  inputs: number,
  units: number
): string | undefined {
  return derived?.weights.find((w) => w.shape.length === 2 && w.shape[0] === inputs && w.shape[1] === units)
    ?.name
}

/**
 * The threads of an edge; none where there are too many units on one side, or where the layers do not fit.
 * Ends are relative: x1, y1 to the middle of the source's port, x2, y2 to that of the target's.
 */
export function threadsOf({ source, target, targetRole, derived }: Ends): readonly Thread[] {
  if (!source.threads || !target.threads) return []
  const inputs = source.units.length
  const units = target.units.length
  if (inputs === 0 || units === 0 || inputs > MAX_THREADS || units > MAX_THREADS) return []
  const start = (i: number) => {
    const r = source.units[i]!
    return { x1: r.x + r.width - source.width, y1: r.y + r.height / 2 - PORT_Y }
  }
  const end = (k: number) => {
    const r = target.units[k]!
    return { x2: r.x, y2: r.y + r.height / 2 - PORT_Y }
  }
  const make = (from: number, to: number, kind: Thread['kind']): Thread => ({
    from,
    to,
    kind,
    ...start(from),
    ...end(to)
  })
  if (targetRole === 'sink') return inputs === units ? source.units.map((_, i) => make(i, i, 'class')) : []
  if (threadWeight(derived, inputs, units) !== undefined)
    return source.units.flatMap((_, i) => target.units.map((_, k) => make(i, k, 'weight')))
  return inputs === units ? source.units.map((_, i) => make(i, i, 'pass')) : []
}
