/** "95.7 %", or a dash before there is a number. */
export function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${(100 * share).toFixed(1)} %`
}

/** Three significant digits: "0.140", "12.3"; a dash before there is a number. */
export function lossText(loss: number | undefined): string {
  if (loss === undefined) return '–'
  if (loss >= 1000) return loss.toLocaleString('en-US', { notation: 'compact' })
  return loss < 0.001 ? loss.toFixed(4) : loss >= 1 ? loss.toPrecision(3) : loss.toFixed(3)
}

/** "−1.31", with a real minus. */
export function weightText(weight: number): string {
  const size = Math.abs(weight)
  const digits = size >= 100 ? size.toFixed(0) : size >= 10 ? size.toFixed(1) : size.toFixed(2)
  return `${weight < 0 ? '−' : '+'}${digits}`
}
