import { sizeOf } from '@core/graph/signal'
import { BINS, countInto, statisticsOf, TEN_BINS } from '@core/inside/spread'
import type { FromTrainer, ToTrainer } from '@core/ipc'
import type { WeightHistory } from '@core/inside/messages'
import type { Model } from '../model'
import { weightsAt, type SeenWeights, type Turns } from '../views/turns'
import type { GradientFacts, Moments } from './moments'

type Reply = Extract<FromTrainer, { type: 'layers' }>
type Request = Extract<ToTrainer, { type: 'layers' }>

/** Epochs that are told at most: more columns could not be told apart. */
const MOST_EPOCHS = 60
/** What is not known yet is measured for so long, in ms; asking again brings more. */
const PATIENCE_MS = 400

/** Gradients of all layers and the weights of one, over the epochs that were kept and now. */
export async function layersOf(
  model: Model,
  moments: Moments,
  { id, nodeId }: Request,
  turns: Turns,
  stays: () => boolean
): Promise<Reply | undefined> {
  const now = await turns.take(() => (stays() ? weightsAt(model, undefined) : undefined))
  if (!now) return undefined
  const seen = evenly([...model.snapshots.before(now.epoch), now], MOST_EPOCHS)
  const end = performance.now() + PATIENCE_MS
  // The newest first, then ever finer in between: what is there makes a picture at any time.
  for (const moment of coarseToFine(seen)) {
    if (moments.knows(moment)) continue
    const measured = await turns.take(() => stays() && (moments.gradientsAt(moment), true))
    if (!measured) return undefined
    if (performance.now() > end) break
  }
  return turns.take(() => {
    if (!stays()) return undefined
    const slopes = seen.map((moment) => (moments.knows(moment) ? moments.gradientsAt(moment) : undefined))
    const learning = [
      ...new Set(
        slopes.flatMap((own) =>
          (own ? [...own.layers].filter(([, { signal }]) => signal !== undefined) : []).map(([id]) => id)
        )
      )
    ]
    const line = (node: string): Float32Array<ArrayBuffer> =>
      Float32Array.from(slopes, (own) => own?.layers.get(node)?.signal ?? NaN)
    return {
      type: 'layers',
      id,
      epochs: seen.map(({ epoch }) => epoch),
      complete: moments.gradientRows.length === 0 || slopes.every((own) => own !== undefined),
      examples: moments.gradientRows.length,
      signals: Object.fromEntries(learning.map((node) => [node, line(node)])),
      weights: nodeId === undefined ? {} : historiesOf(model, nodeId, seen, slopes)
    } satisfies Reply
  })
}

type Slopes = ReturnType<Moments['gradientsAt']>

function historiesOf(
  { plan }: Model,
  nodeId: string,
  seen: readonly SeenWeights[],
  slopes: readonly Slopes[]
): Reply['weights'] {
  const own = plan.weights.filter((weight) => weight.nodeId === nodeId)
  return Object.fromEntries(
    own.map(({ name, spec }) => {
      const values = seen.map(({ weights }) => weights.find((w) => w.name === name)!.values as Float32Array)
      return [
        spec.name,
        historyOf(
          values,
          sizeOf(spec.shape),
          slopes.map((s) => s?.weights.get(name))
        )
      ]
    })
  )
}

/** How a weight was spread at some moments, on one scale; and its gradient, where it is known. */
function historyOf(
  values: readonly Float32Array[],
  count: number,
  gradients: readonly (GradientFacts | undefined)[]
): WeightHistory {
  const statistics = values.map(statisticsOf)
  const from = Math.min(...statistics.map(({ least }) => least))
  const to = Math.max(...statistics.map(({ most }) => most))
  const histogram = new Int32Array(values.length * BINS)
  for (const [i, own] of values.entries())
    countInto(histogram.subarray(i * BINS, (i + 1) * BINS), own, from, to)
  const of = (name: 'mean' | 'deviation' | 'least' | 'most') => Float32Array.from(statistics, (s) => s[name])
  const slopes = new Int32Array(values.length * TEN_BINS)
  for (const [i, own] of gradients.entries()) if (own) slopes.set(own.histogram, i * TEN_BINS)
  return {
    count,
    ...{ mean: of('mean'), deviation: of('deviation'), least: of('least'), most: of('most') },
    ...{ from, to, histogram },
    ...(gradients.some((own) => own !== undefined) && {
      gradient: {
        size: Float32Array.from(gradients, (own) => own?.size ?? NaN),
        zero: Float32Array.from(gradients, (own) => own?.zero ?? NaN),
        histogram: slopes
      }
    })
  }
}

/** At most so many, evenly spread over the epochs, with the first and the last. */
export function evenly(all: readonly SeenWeights[], most: number): readonly SeenWeights[] {
  if (all.length <= most) return all
  const [first, last] = [all[0]!.epoch, all.at(-1)!.epoch]
  const found: SeenWeights[] = []
  let at = 0
  for (let i = 0; i < most; i++) {
    const wanted = first + ((last - first) * i) / (most - 1)
    while (at + 1 < all.length && Math.abs(all[at + 1]!.epoch - wanted) <= Math.abs(all[at]!.epoch - wanted))
      at++
    if (found.at(-1) !== all[at]) found.push(all[at]!)
  }
  return found
}

/** The last, the first, the one in the middle, those in the middle of the halves … */
export function coarseToFine<T>(all: readonly T[]): T[] {
  const found = new Set<T>()
  for (let step = Math.max(1, all.length - 1); ; step /= 2) {
    for (let at = all.length - 1; at > -1e-9; at -= step) found.add(all[Math.round(at)]!)
    if (step <= 1) break
  }
  return [...found, ...all.filter((one) => !found.has(one))]
}
