import type { FloatField, IntField } from '@core/registry/fields'

/**
 * A number as people type it: "0.05", "0,05", "1e-3", "20 000", "−2"; for whole numbers also "1,000" and "1.000".
 * Undefined where the text is no number.
 */
export function parseNumber(text: string, whole: boolean): number | undefined {
  let plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(/\u2212/g, '-')
  if (whole && /^[+-]?\d{1,3}([.,]\d{3})+$/.test(plain)) plain = plain.replace(/[.,]/g, '')
  else if (/^[+-]?\d{1,3}(,\d{3})+\.\d+$/.test(plain)) plain = plain.replaceAll(',', '')
  else plain = plain.replace(',', '.')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined
  const value = Number(plain)
  return Number.isFinite(value) ? value : undefined
}

/** A number as fields show it: "20,000", "0.03", "−0.05", "1e-7". */
export function showNumber(value: number, whole: boolean): string {
  const text = whole
    ? value.toLocaleString('en-US', { maximumFractionDigits: 3 })
    : String(Number(value.toPrecision(6)))
  return text.replace(/^-/, '\u2212')
}

/** One press of + or −, kept within the field's range; `big` is ten times as far. Log fields step 1, 2, 5, 10 … */
export function stepNumber(
  field: IntField | FloatField,
  value: number,
  direction: 1 | -1,
  big = false
): number {
  if (field.kind === 'float' && field.scale === 'log') return stepLog(field, value, direction, big)
  const size =
    field.kind === 'int' ? (field.default >= 100 ? 10 : 1) : (field.step ?? (field.max - field.min) / 100)
  const far = size * (big ? 10 : 1)
  // From 205 up goes to 210: steps land on round numbers.
  const raw =
    direction > 0 ? Math.floor(value / far + 1 + 1e-9) * far : Math.ceil(value / far - 1 - 1e-9) * far
  return clean(Math.min(field.max, Math.max(field.min, raw)))
}

const LADDER = [1, 2, 5]

function stepLog(field: FloatField, value: number, direction: 1 | -1, big: boolean): number {
  if (value <= 0) return direction > 0 ? logEnds(field).low : field.min
  const low = logEnds(field).low
  if (big) return within(field, clean(direction > 0 ? value * 10 : value / 10))
  const power = Math.floor(Math.log10(value) + 1e-9)
  const rungs = [power - 1, power, power + 1].flatMap((p) => LADDER.map((m) => clean(m * 10 ** p)))
  const next =
    direction > 0
      ? rungs.find((r) => r > value * (1 + 1e-9))!
      : rungs.findLast((r) => r < value * (1 - 1e-9))!
  return direction < 0 && next < low && field.min <= 0 ? field.min : within(field, next)
}

const within = (field: FloatField, value: number): number => Math.min(field.max, Math.max(field.min, value))

/** Without the dust of binary fractions: 0.30000000000000004 is 0.3. */
const clean = (value: number): number => Number(value.toPrecision(12))

/** Two powers of ten around the default: where a slider for a log field is of use. */
function logEnds(field: FloatField): { readonly low: number; readonly high: number } {
  const middle = Math.log10(field.default > 0 ? field.default : Math.max(field.min, 1e-3))
  const low = 10 ** Math.floor(middle - 2)
  const high = 10 ** Math.ceil(middle + 2)
  return { low: Math.max(low, field.min), high: Math.min(high, field.max) }
}

/** A slider's scale: places from 0 to `last` and the values they stand for. */
export interface SliderScale {
  readonly last: number
  readonly placeOf: (value: number) => number
  readonly valueAt: (place: number) => number
}

const LOG_PLACES = 200
const MOST_STEPS = 200

/** The scale of a field's slider. Fields with a vast range get the part around their default. */
export function sliderScale(field: FloatField): SliderScale {
  if (field.scale === 'log') {
    const { low, high } = logEnds(field)
    const span = Math.log(high / low)
    return {
      last: LOG_PLACES,
      placeOf: (value) => bound((Math.log(Math.max(value, low) / low) / span) * LOG_PLACES, LOG_PLACES),
      valueAt: (place) => Number((low * Math.exp((place / LOG_PLACES) * span)).toPrecision(2))
    }
  }
  const step = field.step ?? (field.max - field.min) / 100
  const vast = (field.max - field.min) / step > MOST_STEPS
  const from = vast ? Math.max(field.min, clean(field.default - 20 * step)) : field.min
  const to = vast ? Math.min(field.max, clean(field.default + 20 * step)) : field.max
  const last = Math.ceil((to - from) / step - 1e-9)
  return {
    last,
    placeOf: (value) => bound((value - from) / step, last),
    valueAt: (place) => clean(Math.min(to, from + place * step))
  }
}

const bound = (place: number, last: number): number => Math.min(last, Math.max(0, Math.round(place)))
