const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** From this many milliseconds on, a duration is rounded to this many. */
const GRAIN: readonly (readonly [from: number, to: number])[] = [
  [2 * DAY, DAY],
  [10 * HOUR, HOUR],
  [HOUR, 10 * MINUTE],
  [20 * MINUTE, 5 * MINUTE],
  [55 * SECOND, MINUTE],
  [10 * SECOND, 5 * SECOND],
  [SECOND, SECOND]
]

/** A duration in ms, as coarse as an estimate should be told. Below a second it stays as it is. */
function coarse(ms: number): number {
  const grain = GRAIN.find(([from]) => ms >= from)?.[1]
  return grain === undefined ? ms : Math.max(grain, Math.round(ms / grain) * grain)
}

/** An estimated duration in ms, short: "0.2 s", "25 s", "4 min", "1 h 20 min", "3 days". */
export function durationText(ms: number): string {
  const rounded = coarse(ms)
  if (rounded < SECOND) return rounded < 50 ? '< 0.1 s' : `${(rounded / SECOND).toFixed(1)} s`
  if (rounded < MINUTE) return `${rounded / SECOND} s`
  if (rounded < HOUR) return `${rounded / MINUTE} min`
  if (rounded < 2 * DAY) {
    const minutes = (rounded % HOUR) / MINUTE
    return `${Math.floor(rounded / HOUR)} h${minutes === 0 ? '' : ` ${minutes} min`}`
  }
  return `${rounded / DAY} days`
}

/** The same in a sentence: "less than a second", "about 25 seconds", "about a minute", "about 1 h 20 min". */
export function durationWords(ms: number): string {
  if (ms < SECOND) return 'less than a second'
  const rounded = coarse(ms)
  if (rounded === SECOND) return 'about a second'
  if (rounded < MINUTE) return `about ${rounded / SECOND} seconds`
  if (rounded === MINUTE) return 'about a minute'
  if (rounded < HOUR) return `about ${rounded / MINUTE} minutes`
  if (rounded === HOUR) return 'about an hour'
  if (rounded < 2 * DAY && rounded % HOUR === 0) return `about ${rounded / HOUR} hours`
  return `about ${durationText(rounded)}`
}

/** What is left of a run, for a place that is always looked at: its last seconds are not counted down. */
export function leftText(ms: number): string {
  return ms < 10 * SECOND ? '< 10 s' : durationText(ms)
}

/** An estimate that has risen by less than this share is the one before. */
const RISE = 0.15

/** An estimate of what is left, given the one that was last shown: it falls with the run and does not flicker. */
export function steadier(shown: number | undefined, next: number): number {
  return shown !== undefined && next > shown && next <= shown * (1 + RISE) ? shown : next
}
