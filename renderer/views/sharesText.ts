/** Shares of classes in words, the largest first: "72 % upper, 28 % lower". Beyond three the rest is left out. */
export function sharesText(shares: readonly number[], classes: readonly string[]): string {
  // One answer for two classes is the share of the second.
  const all = shares.length === 1 && classes.length === 2 ? [1 - shares[0]!, shares[0]!] : shares
  const named = all
    .map((share, k) => ({ share, name: classes[k] ?? `class ${k + 1}` }))
    .sort((a, b) => b.share - a.share)
  return named
    .slice(0, 3)
    .map(({ share, name }) => `${percent(share)} ${name}`)
    .join(', ')
}

// "100 %" would claim a certainty that a softmax never has.
function percent(share: number): string {
  if (share > 0.995 && share < 1) return '> 99 %'
  if (share < 0.005 && share > 0) return '< 1 %'
  return `${Math.round(100 * share)} %`
}
