/** Learning rates that are worth a try, in order. */
export const suggestedRates = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1] as const

/** The next suggestion above or below a rate; the rate itself at the end of the list. */
export function nextRate(rate: number, direction: 1 | -1): number {
  const found =
    direction === 1 ? suggestedRates.find((r) => r > rate) : suggestedRates.findLast((r) => r < rate)
  return found ?? rate
}

/** A typed rate as a number; in words why not. A decimal comma is understood. */
export function readRate(text: string): { readonly rate: number } | { readonly why: string } {
  const trimmed = text.trim().replace(',', '.')
  const rate = Number(trimmed)
  if (trimmed === '' || Number.isNaN(rate))
    return { why: `“${text.trim()}” is no number. A usual learning rate is 0.01.` }
  if (!(rate > 0)) return { why: 'The learning rate must be above 0, or nothing is learned.' }
  if (rate > 100) return { why: 'The learning rate can be 100 at most.' }
  return { rate }
}
