import type { IntField } from '../registry/fields'

/** How many sequences a generator makes. */
export const sequenceSamples = {
  kind: 'int',
  label: 'Sequences',
  unit: 'sequences',
  help: 'How many sequences there are in all.',
  default: 1000,
  min: 10,
  max: 100_000
} as const satisfies IntField

/** The digits of a whole number in base 2, least significant first. */
export function bitsOf(value: number, bits: number): number[] {
  return Array.from({ length: bits }, (_, i) => (value >> i) & 1)
}

/** The whole number whose digits in base 2 these are, least significant first; 0.5 and above count as 1. */
export function fromBits(bits: ArrayLike<number>): number {
  return Array.from(bits).reduce((sum, bit, i) => sum + (bit >= 0.5 ? 2 ** i : 0), 0)
}

/** The shapes of wave, each a function of the turns made: period 1, from −1 to 1. */
export const WAVES: readonly { readonly name: string; readonly at: (turns: number) => number }[] = [
  { name: 'sine', at: (turns) => Math.sin(2 * Math.PI * turns) },
  { name: 'square', at: (turns) => (turns - Math.floor(turns) < 0.5 ? 1 : -1) },
  { name: 'triangle', at: (turns) => 1 - 4 * Math.abs(turns + 0.25 - Math.floor(turns + 0.25) - 0.5) }
]
