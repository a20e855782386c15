import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

/** A golden file: numbers from outside, made by the script of the same name in tests/oracles. */
export function golden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../oracles/${name}`, import.meta.url), 'utf8')) as T
}

/** The rule for all golden numbers: max|a − b| ≤ 1e-5 · max|b| + 1e-7, over a whole array. */
export function expectGolden(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length)
  const allowed = 1e-5 * expected.reduce((most, b) => Math.max(most, Math.abs(b)), 0) + 1e-7
  const far = expected.flatMap((b, i) =>
    Math.abs(actual[i]! - b) <= allowed ? [] : [`${i}: ${actual[i]!} is not ${b}`]
  )
  expect(far, `more than ${allowed.toExponential(1)} away`).toEqual([])
}
