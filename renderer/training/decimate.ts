/**
 * Places in `ys` that draw the same picture as all of them: of each of `columns` equal stretches of x between `from`
 * and `to` the first, the lowest, the highest and the last value, in order, and the neighbours beyond both ends. `xs`
 * rises; values that are not numbers are left out.
 */
export function shownPlaces(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  from: number,
  to: number,
  columns: number
): number[] {
  const first = Math.max(0, lowerBound(xs, from) - 1)
  const end = Math.min(xs.length, lowerBound(xs, to) + 1)
  const places: number[] = []
  if (end - first <= 4 * columns) {
    for (let i = first; i < end; i++) if (Number.isFinite(ys[i])) places.push(i)
    return places
  }
  const column = (i: number): number => Math.floor(((xs[i]! - from) / (to - from)) * columns)
  for (let i = first; i < end;) {
    const own = column(i)
    let low = -1
    let high = -1
    let start = -1
    let last = -1
    for (; i < end && column(i) === own; i++) {
      const y = ys[i]!
      if (!Number.isFinite(y)) continue
      if (start < 0) start = i
      if (low < 0 || y < ys[low]!) low = i
      if (high < 0 || y > ys[high]!) high = i
      last = i
    }
    if (start < 0) continue
    for (const place of [...new Set([start, Math.min(low, high), Math.max(low, high), last])])
      places.push(place)
  }
  return places
}

/** The first place whose value is at least `x`; the length where there is none. */
export function lowerBound(xs: ArrayLike<number>, x: number): number {
  let low = 0
  let high = xs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (xs[middle]! < x) low = middle + 1
    else high = middle
  }
  return low
}
