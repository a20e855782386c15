import type { RandomStream } from '../random/stream'
import { fail, ok, type Problem, type Result } from '../result'
import { choicesOf, type SweepSetting } from './settings'
import type { SweptValue, Variation } from './sweep'

type Range = Extract<Variation, { kind: 'range' }>

/** The values that a grid takes of a variation, each once. A range of whole numbers is rounded to them. */
export function gridValues(
  variation: Variation,
  { field }: Pick<SweepSetting, 'field'>
): readonly SweptValue[] {
  if (variation.kind === 'list') return [...new Set(variation.values)]
  const { count } = variation
  const values = Array.from({ length: count }, (_, i) => between(variation, i / (count - 1)))
  return [...new Set(field.kind === 'int' ? values.map(Math.round) : values)]
}

/** A value drawn from a variation: each of a list as likely as the others, a number anywhere between the ends. */
export function drawValue(
  variation: Variation,
  { field }: Pick<SweepSetting, 'field'>,
  random: RandomStream
): SweptValue {
  if (variation.kind === 'list') return variation.values[random.integer(variation.values.length)]!
  if (field.kind !== 'int') return between(variation, random.uniform())
  // Every whole number gets the share of the range that rounds to it, those at the ends too.
  const { from, to, scale } = variation
  const wide: Range =
    scale === 'linear'
      ? { ...variation, from: from - 0.5, to: to + 0.5 }
      : { ...variation, from: from - Math.min(0.5, from / 2), to: to + 0.5 }
  return Math.min(to, Math.max(from, Math.round(between(wide, random.uniform()))))
}

/** The number at a share of the way from one end to the other; exactly the ends at 0 and 1. */
function between({ from, to, scale }: Range, share: number): number {
  if (share === 0) return from
  if (share === 1) return to
  const value = scale === 'log' ? from * (to / from) ** share : from + (to - from) * share
  return Math.min(Math.max(value, Math.min(from, to)), Math.max(from, to))
}

/** What is wrong with a variation by itself; its values are tried in the document elsewhere. */
export function variationProblem(
  variation: Variation,
  { label, field, path }: SweepSetting
): Problem | undefined {
  const bad = (message: string): Problem => ({ code: 'bad-variation', field: path, message })
  if (variation.kind === 'list') return undefined
  if (field.kind !== 'int' && field.kind !== 'float')
    return bad(`${label} is no number: list its values in the place of a range.`)
  const { from, to, scale } = variation
  if (!(from < to)) return bad(`${label}: the range has to go from a smaller number to a larger one.`)
  if (scale === 'log' && from <= 0)
    return bad(`${label}: by factors, a range has to begin above 0. Begin at a small number such as 0.0001.`)
  if (from < field.min) return bad(`${label}: the range begins at ${from}, and can begin at ${field.min}.`)
  if (to > field.max) return bad(`${label}: the range ends at ${to}, and can end at ${field.max}.`)
  return undefined
}

const RANGE = /^(?:(log|lin):)?([^.]+(?:\.\d+)?(?:e[+-]?\d+)?)\.\.([^/]+?)(?:\/(\d+))?$/i
/** Values that a grid takes of a range where it is not said. */
export const USUAL_COUNT = 5

/**
 * A variation as people write it: `1, 2, 3`, `tanh, relu`, `0.1..0.5`, `log:1e-4..1e-1`, `log:1e-4..1e-1/7` for seven
 * values of it.
 */
export function readVariation(setting: SweepSetting, text: string): Result<Variation> {
  const { path, label, field } = setting
  const bad = (message: string): Result<Variation> => fail({ code: 'bad-variation', field: path, message })
  const range = RANGE.exec(text.trim())
  if (range && (field.kind === 'int' || field.kind === 'float')) {
    const [, scale, first, last, many] = range
    const [from, to] = [Number(first), Number(last)]
    if (!Number.isFinite(from) || !Number.isFinite(to)) return bad(`${label}: “${text}” is no range.`)
    const count = many === undefined ? USUAL_COUNT : Number(many)
    if (count < 2 || count > 200) return bad(`${label}: a range can have 2 to 200 values.`)
    const variation: Variation = {
      ...{ kind: 'range', path, from, to, count },
      scale: scale?.toLowerCase() === 'log' ? 'log' : 'linear'
    }
    const problem = variationProblem(variation, setting)
    return problem ? fail(problem) : ok(variation)
  }
  const words = text
    .split(/[,;\s]+/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
  if (words.length === 0) return bad(`${label}: which values? Such as 1, 2, 3.`)
  const values: SweptValue[] = []
  for (const word of words) {
    const value = readValue(setting, word)
    if (value === undefined) {
      const choices = choicesOf(setting)?.map((choice) => String(choice.value))
      return bad(
        `${label} cannot be ${word}.${choices ? ` It can be ${choices.join(', ')}.` : ' It is a number.'}`
      )
    }
    values.push(value)
  }
  return ok({ kind: 'list', path, values: [...new Set(values)] })
}

function readValue(setting: SweepSetting, word: string): SweptValue | undefined {
  if (setting.path === 'training.batchSize' && word === 'all') return null
  const choices = choicesOf(setting)
  if (choices) {
    const spelled = setting.field.kind === 'bool' ? ({ no: 'false', yes: 'true' }[word] ?? word) : word
    return choices.find(
      ({ value, label }) => String(value) === spelled || label.toLowerCase() === word.toLowerCase()
    )?.value
  }
  const value = Number(word)
  return Number.isFinite(value) ? value : undefined
}
