/** What flows along an edge. Shapes leave out the batch: a row of 3 numbers is [3], a picture [28, 28, 1]. */
export type Signal =
  | { readonly kind: 'numbers'; readonly shape: readonly number[] }
  | { readonly kind: 'classes'; readonly count: number }

/** "3", "28 × 28 × 8", "2 classes". */
export function signalText(signal: Signal): string {
  return signal.kind === 'classes' ? `${signal.count} classes` : signal.shape.join(' × ')
}

/** Which shape a port is drawn as: ● a row of numbers, ■ a picture, ◆ classes. */
export function signalMark(signal: Signal): 'row' | 'picture' | 'classes' {
  if (signal.kind === 'classes') return 'classes'
  return signal.shape.length > 1 ? 'picture' : 'row'
}

/** Numbers in one sample. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1)
}
