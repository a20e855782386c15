// Made once: a formatter costs more than deriving a whole document.
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 })

/** A count as people read it: 12,800. */
export function countText(n: number): string {
  return whole.format(n)
}

/** A number with as many digits as help: 0.003, 1,234.57. */
export function numberText(n: number): string {
  return short.format(n)
}

/** The size of a file in bytes: "1.2 MB". */
export function sizeText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`
  return `${Math.max(1, Math.round(bytes / 1e3))} kB`
}
