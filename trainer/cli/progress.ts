import type { EpochPoint } from '@core/run/events'
import type { Session } from '../session'

const WIDTH = 24
const EVERY_MS = 100

/** A bar on stderr while a session trains, where stderr is a terminal. */
export function showProgress(
  session: Session,
  last: () => EpochPoint | undefined
): { readonly end: () => void } {
  const { stderr } = process
  if (!stderr.isTTY) return { end: () => undefined }
  const draw = (): void => {
    const run = session.progress
    if (!run) return
    const share = Math.min(1, run.epoch / run.epochs)
    const full = Math.round(share * WIDTH)
    const point = last()
    const accuracy = point?.accuracy
    const numbers = point
      ? `  loss ${point.loss.toFixed(4)}${accuracy === undefined ? '' : `  accuracy ${accuracy.toFixed(3)}`}`
      : ''
    const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`
    const line = `${bar} epoch ${run.epoch}/${run.epochs}  ${Math.round(run.stepsPerSecond)} steps/s${numbers}`
    stderr.write(`\r${line.slice(0, (stderr.columns ?? 80) - 1)}\x1b[K`)
  }
  const timer = setInterval(draw, EVERY_MS)
  return {
    end: () => {
      clearInterval(timer)
      stderr.write('\r\x1b[K')
    }
  }
}
