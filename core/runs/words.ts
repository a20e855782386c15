import { countText } from '../words'
import type { KeptRun } from './kept'

/** What a run is called: the name a person gave it, else its project's. */
export function runName({ name, project }: Pick<KeptRun, 'name' | 'project'>): string {
  return name === '' ? project : name
}

/** What became of a run, in a few words. */
export function endText({ status, ending, epoch, epochs }: KeptRun): string {
  const done = epoch < epochs ? `${countText(epoch)} of ${countText(epochs)} epochs` : ''
  const with_ = (words: string): string => (done === '' ? words : `${words} after ${done}`)
  if (status === 'running') return 'Training now'
  if (status === 'failed') return with_('Failed')
  if (status === 'brokenOff') return with_('Broken off')
  switch (ending) {
    case 'stopped':
      return with_('Stopped')
    case 'early':
      return 'Stopped early: new examples did no better'
    case 'time':
      return with_('Time was up')
    case 'target':
      return 'Reached the loss it was to reach'
    case 'diverged':
      return 'The loss grew past all bounds'
    case 'changed':
      return 'Went on as another network'
    case 'finished':
    case null:
      return 'Finished'
  }
}

/** Seconds that an epoch took on average; undefined where none was trained. */
export function secondsAnEpoch({ seconds, epoch, from }: KeptRun): number | undefined {
  return epoch > from ? seconds / (epoch - from) : undefined
}

/** A short time: "0.4 ms", "12 ms", "1.3 s", "2 min 5 s". */
export function timeText(seconds: number): string {
  if (seconds < 0.01) return `${(1000 * seconds).toPrecision(2)} ms`
  if (seconds < 1) return `${Math.round(1000 * seconds)} ms`
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`
}
