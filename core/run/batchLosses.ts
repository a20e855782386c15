/** The loss of every update of a run; of stretches of updates where there are very many. */
export interface BatchLosses {
  /** Updates before the first value. */
  readonly from: number
  /** Updates that share a value: a power of two. */
  readonly stride: number
  readonly length: number
  /**
   * The least and the largest loss of each stretch; not a number where none was told. Later states of the same run
   * share the memory and only add to its end, so what lies beyond `length` is theirs.
   */
  readonly low: Float32Array
  readonly high: Float32Array
  /** How much of the memory is taken, by whichever state. */
  readonly taken: { length: number }
}

/** Values that are kept; with more, two by two are put together. */
export const MOST_BATCHES = 2 ** 18
const FIRST = 1024

/** Before the first update after `from`. */
export function noBatches(from = 0): BatchLosses {
  const none = new Float32Array()
  return { from, stride: 1, length: 0, low: none, high: none, taken: { length: 0 } }
}

/** With the losses of the updates up to and including the `step`th. Updates that were not told leave a gap. */
export function addBatches(batches: BatchLosses, step: number, losses: readonly number[]): BatchLosses {
  const first = step - losses.length
  if (first < batches.from) return addBatches(noBatches(first), step, losses)
  const grown = roomFor(cutBatches(batches, first), step)
  const { from, stride, low, high } = grown
  let { length } = grown
  for (const [i, loss] of losses.entries()) {
    const place = Math.floor((first + i - from) / stride)
    while (length <= place) {
      low[length] = high[length] = NaN
      length++
    }
    // NaN compares as false: the first loss of a stretch is taken.
    if (!(low[place]! <= loss)) low[place] = loss
    if (!(high[place]! >= loss)) high[place] = loss
  }
  grown.taken.length = length
  return { ...grown, length }
}

/** Without the updates after the `step`th. */
export function cutBatches(batches: BatchLosses, step: number): BatchLosses {
  if (step <= batches.from) return noBatches(step)
  const length = Math.min(batches.length, Math.ceil((step - batches.from) / batches.stride))
  return length === batches.length ? batches : { ...batches, length }
}

/** The same values in memory of their own that holds the `step`th update. */
function roomFor(batches: BatchLosses, step: number): BatchLosses {
  let { stride, length, low, high } = batches
  let own = batches.taken.length === length
  while (Math.ceil((step - batches.from) / stride) > MOST_BATCHES) {
    ;[low, high] = [halved(low, length, Math.min), halved(high, length, Math.max)]
    length = Math.ceil(length / 2)
    stride *= 2
    own = true
  }
  const needed = Math.ceil((step - batches.from) / stride)
  if (own && needed <= low.length)
    return stride === batches.stride ? batches : { ...batches, stride, length, low, high, taken: { length } }
  const room = Math.min(MOST_BATCHES, Math.max(FIRST, 2 * needed))
  const copied = (values: Float32Array): Float32Array => {
    const copy = new Float32Array(room)
    copy.set(values.subarray(0, length))
    return copy
  }
  return { ...batches, stride, length, low: copied(low), high: copied(high), taken: { length } }
}

function halved(values: Float32Array, length: number, of: (a: number, b: number) => number): Float32Array {
  const half = new Float32Array(values.length)
  for (let i = 0; 2 * i < length; i++) {
    const a = values[2 * i]!
    const b = 2 * i + 1 < length ? values[2 * i + 1]! : NaN
    half[i] = Number.isNaN(a) ? b : Number.isNaN(b) ? a : of(a, b)
  }
  return half
}
