import type { SweptValue } from './sweep'

/** One result: the values of its settings, and how well it did. */
export interface Sample {
  readonly values: readonly SweptValue[]
  readonly score: number
}

/** How much of the differences between results goes with one setting. */
export interface Importance {
  /** Which variation of the plan. */
  readonly variation: number
  /** From 0 to 1. */
  readonly share: number
}

/** Groups that numbers are cut into at most. */
const GROUPS = 4

/**
 * The share of the variance of the scores that goes with each setting by itself, less what as many groups would take by
 * chance alone: ε² = (SS_between − (k − 1) · MS_within) / SS_total, at least 0 (Kelley 1935). Results with the same value
 * are a group; more values than four, as random search draws them, are cut into four groups of neighbours of equal
 * size. Undefined where all groups are single results, or all scores are the same.
 */
export function importances(samples: readonly Sample[]): readonly (Importance | undefined)[] {
  const good = samples.filter(({ score }) => Number.isFinite(score))
  const variations = samples[0]?.values.length ?? 0
  return Array.from({ length: variations }, (_, variation) => {
    const share = explained(groupsOf(good.map(({ values, score }) => ({ value: values[variation]!, score }))))
    return share === undefined ? undefined : { variation, share }
  })
}

interface One {
  readonly value: SweptValue
  readonly score: number
}

/** Scores by groups of equal values, or of numbers that lie beside each other. */
function groupsOf(all: readonly One[]): readonly (readonly number[])[] {
  const byValue = new Map<SweptValue, number[]>()
  for (const { value, score } of all) byValue.set(value, [...(byValue.get(value) ?? []), score])
  const numbers = [...byValue.keys()].every((value) => typeof value === 'number')
  if (!numbers || byValue.size <= GROUPS) return [...byValue.values()]
  const sorted = [...all].sort((a, b) => Number(a.value) - Number(b.value))
  const groups = Array.from({ length: GROUPS }, (): number[] => [])
  let group = 0
  for (const [i, { value, score }] of sorted.entries()) {
    // Equal values stay together.
    if (value !== sorted[i - 1]?.value) group = Math.floor((i * GROUPS) / sorted.length)
    groups[group]!.push(score)
  }
  return groups.filter((scores) => scores.length > 0)
}

function explained(groups: readonly (readonly number[])[]): number | undefined {
  const all = groups.flat()
  const [n, k] = [all.length, groups.length]
  if (k < 2 || n <= k) return undefined
  const mean = meanOf(all)
  const total = all.reduce((sum, score) => sum + (score - mean) ** 2, 0)
  if (total === 0) return undefined
  const between = groups.reduce((sum, scores) => sum + scores.length * (meanOf(scores) - mean) ** 2, 0)
  const within = (total - between) / (n - k)
  return Math.max(0, (between - (k - 1) * within) / total)
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length
