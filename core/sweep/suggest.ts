import { choicesOf, type SweepSetting } from './settings'

/** Values that are worth a try, as `readVariation` reads them; what the setting is now is among them. */
export function suggestedValues(setting: SweepSetting): string {
  const { field, value, path } = setting
  const choices = choicesOf(setting)
  if (choices) {
    const all = choices.map((choice) => String(choice.value))
    const now = String(value)
    return [now, ...all.filter((one) => one !== now)].slice(0, 4).join(', ')
  }
  if (path === 'training.batchSize') return 'all, 8, 32, 128'
  if (field.kind === 'int') return wholeNumbers(field.min, field.max, Number(value)).join(', ')
  if (field.kind !== 'float') return String(value)
  const now = Number(value)
  if (field.scale === 'log') {
    const middle = now > 0 ? now : Math.max(field.min, 0.001)
    return [0.1, 1 / 3, 1, 3, 10]
      .map((factor) => Number(Math.min(field.max, Math.max(field.min, middle * factor)).toPrecision(1)))
      .filter((one, i, list) => list.indexOf(one) === i)
      .join(', ')
  }
  const step = field.step ?? (field.max - field.min) / 10
  return [-2, -1, 0, 1, 2, 4]
    .map((times) => Number((now + times * step).toPrecision(6)))
    .filter((one) => one >= field.min && one <= field.max)
    .join(', ')
}

/** Small ones one by one, then larger steps: 1, 2, 3, 5, 10, 20. */
function wholeNumbers(min: number, max: number, now: number): readonly number[] {
  const round = now <= 10 ? [1, 2, 3, 5, 10, 20] : [now / 4, now / 2, now, 2 * now, 4 * now].map(Math.round)
  return [...new Set([...round, now])].filter((one) => one >= min && one <= max).sort((a, b) => a - b)
}
