import type { SweepSetting } from '@core/sweep/settings'
import type { SweptValue } from '@core/sweep/sweep'

/** A place for each value of one setting, from 0 to 1: numbers by their size, or by their factors, other values by turn. */
export interface ValueAxis {
  readonly values: readonly SweptValue[]
  at(value: SweptValue): number
}

/** Numbers that lie further apart than this stand by factors. */
const WIDE = 20

/** The axis of the values that combinations have of a setting. */
export function valueAxis({ field }: Pick<SweepSetting, 'field'>, given: readonly SweptValue[]): ValueAxis {
  const values = [...new Set(given)]
  const numbers = values.filter((value) => typeof value === 'number')
  if ((field.kind !== 'int' && field.kind !== 'float') || numbers.length < values.length) {
    const last = Math.max(1, values.length - 1)
    return { values, at: (value) => values.indexOf(value) / last }
  }
  numbers.sort((a, b) => a - b)
  const [low, high] = [numbers[0]!, numbers.at(-1)!]
  const log = low > 0 && high / low > WIDE
  const scale = (value: number): number => (log ? Math.log(value) : value)
  const width = scale(high) - scale(low) || 1
  return { values: numbers, at: (value) => (scale(Number(value)) - scale(low)) / width }
}

/** A colour from pale to strong for a share from 0 to 1: told apart by lightness alone, so by everybody. */
export function shade(share: number): string {
  return `color-mix(in oklab, var(--accent) ${Math.round(8 + 92 * share)}%, var(--surface))`
}

/** Is writing on that shade light? */
export const isStrong = (share: number): boolean => share > 0.55
