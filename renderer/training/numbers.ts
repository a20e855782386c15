/** A loss as people read it: three digits that count. */
export function lossText(value: number): string {
  if (!Number.isFinite(value)) return 'past all bounds'
  if (value !== 0 && (value >= 10_000 || value < 0.0005)) return value.toExponential(1)
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** A share as a percentage: "93.5 %". One decimal where the number of rows can tell the difference. */
export function percentText(share: number, rows = Infinity): string {
  return `${(100 * share).toLocaleString('en-US', { minimumFractionDigits: 0, maximumFractionDigits: rows >= 100 ? 1 : 0 })} %`
}

/** A whole number: "1,240". */
export function countText(value: number): string {
  return value.toLocaleString('en-US')
}

/** A number with six digits that count, for those who want it exactly. */
export function exactText(value: number): string {
  if (!Number.isFinite(value)) return 'past all bounds'
  if (value !== 0 && (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4)) return value.toExponential(4)
  return value.toLocaleString('en-US', { maximumSignificantDigits: 6 })
}
