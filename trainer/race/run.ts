import { setTimeout as sleep } from 'node:timers/promises'
import type { FromRace, Race } from '@core/race/race'
import { PACE_SECONDS } from '@core/run/forecast'
import { thisMachine } from '../runs/machine'
import { newId, Recorder } from '../runs/recorder'
import { Lane } from './lane'

/** The window is told of a race this many ms apart at most. */
const TELL_EVERY = 50

/** A race that goes on: it can be made to wait and to end. */
export class Racing {
  private playing = true
  private stopped = false
  private wake: (() => void) | undefined

  constructor(
    private readonly folder: string,
    private readonly tell: (message: FromRace) => void
  ) {}

  play(): void {
    this.playing = true
    this.wake?.()
  }
  pause(): void {
    this.playing = false
  }
  stop(): void {
    this.stopped = true
    this.wake?.()
  }

  /** Trains all lanes in step until each has come to its end; nobody is an epoch ahead of the others. */
  async run({ lanes, files, picture }: Race): Promise<void> {
    const id = newId()
    const all = lanes.map((lane, trial) => {
      const recorder = Recorder.open(this.folder, thisMachine(), (why) => {
        throw why
      })
      return new Lane({ lane, files, recorder, series: { id, trial, name: lane.name } })
    })
    try {
      const { training, view } = lanes[0]!.document
      const seconds = PACE_SECONDS[view.pace]
      const pace = seconds === undefined ? 0 : (1000 * seconds) / training.epochs
      let epoch = 1
      for (const lane of all) {
        const begun = await lane.begin()
        if (!begun.ok) return this.tell({ type: 'failed', message: begun.problems[0]!.message })
      }
      let told = 0
      const lap = (): void => {
        told = performance.now()
        const now = all.map((lane) => ({
          points: lane.takePoints(),
          ...(picture ? { picture: lane.picture(picture) } : {}),
          ...(lane.ended === undefined ? {} : { ended: lane.ended })
        }))
        this.tell({ type: 'lap', epoch, lanes: now })
      }
      lap()
      while (!this.stopped && all.some(({ ended }) => ended === undefined)) {
        if (!this.playing) {
          lap()
          await new Promise<void>((resolve) => (this.wake = resolve))
          continue
        }
        const began = performance.now()
        for (const lane of all) await lane.step()
        epoch++
        if (performance.now() - told > TELL_EVERY) lap()
        const rest = pace - (performance.now() - began)
        // A turn for messages, whatever the pace.
        await sleep(Math.max(0, rest))
      }
      lap()
    } finally {
      for (const lane of all) await lane.end()
    }
    this.tell({ type: 'over', series: id })
  }
}
