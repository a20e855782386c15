/** Characters that cannot be seen, as they are shown. */
const SEEN: { readonly [character: string]: string } = { '\n': '↵', '\t': '⇥', '\u00a0': '⍽' }

/** The characters of a text by their numbers, each as it can be seen; fillers are left out. */
export function seenCharacters(symbols: readonly string[], numbers: ArrayLike<number>): readonly string[] {
  return Array.from(numbers)
    .filter((number) => number > 0)
    .map((number) => SEEN[symbols[number]!] ?? symbols[number]!)
}

/** A character by its class, as it can be seen in a row of others. */
export function seenClass(symbols: readonly string[], k: number): string {
  const symbol = symbols[k + 1] ?? ''
  return symbol === ' ' ? '␣' : (SEEN[symbol] ?? symbol)
}

/** A step of a sequence of symbols. */
export interface MarkedStep {
  readonly symbol: string
  readonly marked: boolean
}

/** Steps [steps, symbols + 1] that are one-hot over the symbols and have a mark behind them. Empty steps only fill up. */
export function markedSteps(values: ArrayLike<number>, symbols: readonly string[]): readonly MarkedStep[] {
  const width = symbols.length + 1
  return Array.from({ length: Math.floor(values.length / width) }, (_, step) => {
    const own = Array.from({ length: width }, (_, i) => values[step * width + i]!)
    return { symbol: symbols[own.indexOf(1)] ?? '', marked: own[width - 1] === 1 }
  }).filter(({ symbol }) => symbol !== '')
}

/** A sum as a child writes it, the most significant digit first. */
export interface WrittenSum {
  readonly a: readonly number[]
  readonly b: readonly number[]
  /** What is carried to each place; the first one is none. */
  readonly carry: readonly number[]
  /** The digits that `a` and `b` really add up to. */
  readonly sum: readonly number[]
}

/** The sum in steps [steps, 2] of digits, least significant first; steps below 0 only fill up. */
export function writtenSum(values: ArrayLike<number>): WrittenSum {
  const digits = { a: [] as number[], b: [] as number[], carry: [] as number[], sum: [] as number[] }
  let carry = 0
  for (let step = 0; 2 * step < values.length && values[2 * step]! >= 0; step++) {
    const [a, b] = [values[2 * step]!, values[2 * step + 1]!]
    digits.a.unshift(a)
    digits.b.unshift(b)
    digits.carry.unshift(carry)
    digits.sum.unshift((a + b + carry) % 2)
    carry = a + b + carry >= 2 ? 1 : 0
  }
  return digits
}
