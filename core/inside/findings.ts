import type { LayerFacts, Moment } from './facts'
import type { Finding } from './messages'

/* What stands in the way of learning, from what was measured at a few moments. Pure: `trainer/inside/` measures. */

/** The moments that are compared: now, some way before, and the first there is. */
export interface Moments {
  readonly now: Moment
  readonly before: Moment
  readonly first: Moment
}

/** What else decides. */
export interface Conditions {
  /** The learning rate, where an update is the gradient times it; undefined for rules that scale gradients themselves. */
  readonly rate: number | undefined
  /** Gradients are clipped. */
  readonly clipped: boolean
}

/** A quarter of a layer that does nothing changes what it can learn; a few neurons less do not. */
const WORTH = { dead: 0.25, saturated: 0.5 }
/**
 * Gradients of layers differ by a factor of ten or so in networks that learn, and rarely by a hundred
 * (`tests/trainer/insideAlarms.test.ts` measures it).
 */
const APART = 1000
/** A network whose loss has come down to this share of what it was learns, whatever its gradients look like. */
const LEARNED = 0.5

/**
 * What stands in the way of learning, in the order of the layers. Each of these has to hold at two moments, as what is
 * true of one may be chance, or pass. Saturation and gradients are only named while the loss has not halved: in a
 * network that has learned its task, sure answers saturate neurons and little is left to learn from.
 */
export function findingsOf({ now, before, first }: Moments, { rate, clipped }: Conditions): Finding[] {
  const learned = now.loss !== undefined && first.loss !== undefined && now.loss < LEARNED * first.loss
  const found: Finding[] = []
  for (const [nodeId, { neurons }] of now.layers) {
    const earlier = before.layers.get(nodeId)?.neurons
    if (!neurons || !earlier || earlier.idle.length !== neurons.idle.length) continue
    const kind = neurons.kind === 'below' ? 'dead' : 'saturated'
    const count = neurons.idle.reduce((sum, idle, i) => sum + (idle & earlier.idle[i]!), 0)
    if (count < WORTH[kind] * neurons.idle.length || count === 0 || (kind === 'saturated' && learned))
      continue
    found.push({ kind, nodeId, neurons: count, of: neurons.idle.length, examples: neurons.examples })
  }
  if (learned) return found
  const worst = (kind: 'vanishing' | 'exploding' | 'overshooting', measure: Measure): void => {
    const own = pairs(now, before, measure).filter(
      ({ times }) => times >= (kind === 'overshooting' ? 1 : APART)
    )
    const most = own.reduce<(typeof own)[number] | undefined>(
      (a, b) => (a && a.times >= b.times ? a : b),
      undefined
    )
    if (!most) return
    const others = own.filter((layer) => layer !== most).map(({ nodeId }) => nodeId)
    found.push({ kind, nodeId: most.nodeId, times: most.times, others })
  }
  // Behind a layer that is dead as a whole there is no gradient: one thing, said once.
  const cut = found.some((finding) => finding.kind === 'dead' && finding.neurons === finding.of)
  if (!cut) worst('vanishing', ({ signal = NaN }, last) => (last > 0 ? last / signal : 0))
  if (clipped) return found
  worst('exploding', ({ signal = NaN }, last) => (last > 0 ? signal / last : 0))
  if (rate !== undefined)
    worst('overshooting', ({ gradient = NaN, weight }) => (weight ? (rate * gradient) / weight : 0))
  return found
}

type Measure = (layer: LayerFacts, lastSignal: number) => number

/** For each layer that is there at both moments the lesser of its two measures: what held all along. */
function pairs(now: Moment, before: Moment, measure: Measure): { nodeId: string; times: number }[] {
  const [lastNow, lastBefore] = [lastSignal(now), lastSignal(before)]
  return [...now.layers].flatMap(([nodeId, layer]) => {
    const earlier = before.layers.get(nodeId)
    if (!earlier) return []
    const times = Math.min(measure(layer, lastNow), measure(earlier, lastBefore))
    return Number.isNaN(times) ? [] : [{ nodeId, times }]
  })
}

/** Of the last layer before the one that answers. */
function lastSignal({ layers }: Moment): number {
  return [...layers.values()].findLast(({ signal }) => signal !== undefined)?.signal ?? 0
}
