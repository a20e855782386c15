import type { AppState } from '../state/app.svelte'
import { nearestIndex } from './series'

/** How fast a film can run; at 1 the whole training takes `LENGTH_MS`. */
export const SPEEDS = [0.5, 1, 2, 4] as const
const LENGTH_MS = 16_000

/**
 * The epoch at a share of the film. The first epochs change the most, and more of them are kept: the film gives each
 * doubling of the epochs the same time.
 */
export function filmEpoch(share: number, first: number, last: number): number {
  return first - 1 + (last - first + 2) ** Math.max(0, Math.min(1, share))
}

/** The share of the film at which an epoch is shown. */
export function filmShare(epoch: number, first: number, last: number): number {
  return last <= first ? 1 : Math.log(Math.max(1, epoch - first + 1)) / Math.log(last - first + 2)
}

/** Plays a run from its kept moments, from where one looks to its end. */
export class Film {
  playing = $state(false)
  speed = $state<number>(1)
  private frame = 0

  constructor(private readonly app: Pick<AppState, 'trainer' | 'view'>) {}

  play(): void {
    const { trainer, view } = this.app
    const { history } = trainer.run
    const first = history[0]?.epoch
    const last = history.at(-1)?.epoch
    if (first === undefined || last === undefined || first === last) return
    let share = view.rewind === undefined ? 0 : filmShare(view.rewind, first, last)
    let before: number | undefined
    const epochs = history.map((p) => p.epoch)
    this.playing = true
    const show = (now: number): void => {
      share += ((before === undefined ? 0 : now - before) / LENGTH_MS) * this.speed
      before = now
      if (share >= 1) {
        view.rewind = undefined
        this.stop()
        return
      }
      view.rewind = epochs[nearestIndex(epochs, filmEpoch(share, first, last))]
      this.frame = requestAnimationFrame(show)
    }
    this.frame = requestAnimationFrame(show)
  }

  stop(): void {
    cancelAnimationFrame(this.frame)
    this.playing = false
  }

  /** The next speed, after the last one the first. */
  faster(): void {
    const at = SPEEDS.findIndex((s) => s === this.speed)
    this.speed = SPEEDS[(at + 1) % SPEEDS.length]!
  }
}
