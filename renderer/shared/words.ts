/** A number to three digits: "26,800", "0.0314". */
export function roughText(n: number): string {
  return n.toLocaleString('en-US', { maximumSignificantDigits: 3 })
}

/** A setting as a person would type it: "0.003", "1e-7". */
export function settingText(n: number): string {
  return String(Number(n.toPrecision(6)))
}

/** A share as a percentage: "92 %", "98.1 %". */
export function percentText(share: number): string {
  return `${(100 * share).toLocaleString('en-US', { maximumFractionDigits: 1 })} %`
}

/** How long ago, in words: "Just now", "Today", "Yesterday", "Mon", "12 Nov", "12 Nov 2024". */
export function dayText(time: number, now: number): string {
  if (now - time < 60_000) return 'Just now'
  const then = new Date(time)
  const midnight = new Date(now)
  midnight.setHours(0, 0, 0, 0)
  if (time >= midnight.getTime()) return 'Today'
  const days = Math.ceil((midnight.getTime() - time) / 86_400_000)
  if (days === 1) return 'Yesterday'
  if (days < 7) return then.toLocaleDateString('en-GB', { weekday: 'short' })
  return then.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(then.getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' })
  })
}
