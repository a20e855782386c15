/**
 * What flows along an edge. Shapes leave out the batch: a row of 3 numbers is [3], a picture [28, 28, 1], a
 * sequence of 8 steps with 2 numbers each [8, 2].
 */
export type Signal =
  { readonly kind: 'numbers'; readonly shape: readonly number[] } | ({ readonly kind: 'target' } & Target)

/** The right answers of one example. */
export interface Target {
  /** How many classes there are; undefined where the answers are numbers. */
  readonly classes?: number
  /**
   * For classes the places that have one each: [] for the whole example, [8] for each of 8 steps. For numbers the
   * shape of the answer.
   */
  readonly shape: readonly number[]
}

/** "3", "28 × 28 × 8", "2 classes", "2 classes at each of 8 steps". */
export function signalText(signal: Signal): string {
  if (signal.kind === 'numbers') return signal.shape.join(' × ')
  const { classes, shape } = signal
  if (classes === undefined) return sizeOf(shape) === 1 ? '1 number' : `${shape.join(' × ')} numbers`
  return shape.length === 0
    ? `${classes} classes`
    : `${classes} classes at each of ${shape.join(' × ')} steps`
}

/** Which shape a port is drawn as: ● a row of numbers, ■ a picture or sequence, ◆ true answers. */
export function signalMark(signal: Signal): 'row' | 'picture' | 'target' {
  if (signal.kind === 'target') return 'target'
  return signal.shape.length > 1 ? 'picture' : 'row'
}

/** Numbers in one sample. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1)
}
