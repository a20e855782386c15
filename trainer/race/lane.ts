import type { ProjectFiles } from '@core/data/files'
import type { Race } from '@core/race/race'
import type { Result } from '@core/result'
import type { EpochPoint, RunEvent } from '@core/run/events'
import type { Recorder } from '../runs/recorder'
import { Session } from '../session'
import { makePictures } from '../views/pictures'

/** What a lane of a race does, and under which name its run is kept. */
export interface LaneOptions {
  readonly lane: Race['lanes'][number]
  readonly files: ProjectFiles
  readonly recorder: Recorder
  readonly series: { readonly id: string; readonly trial: number; readonly name: string }
}

/** One network of a race: trained an epoch at a time. */
export class Lane {
  private readonly session: Session
  private points: EpochPoint[] = []
  private rest: (() => void) | undefined
  ended: string | undefined

  constructor(private readonly options: LaneOptions) {
    const { recorder, series } = options
    this.session = new Session(
      {
        begin: (about) => recorder.begin({ ...about, series }),
        keepWeights: (states) => recorder.keepWeights(states),
        event: (event) => this.on(event)
      },
      { paced: false }
    )
  }

  /** Gets ready and trains the first epoch. */
  async begin(): Promise<Result<void>> {
    const { lane, files } = this.options
    const resting = this.untilRest()
    const started = await this.session.start({
      ...{ document: lane.document, files, from: 'scratch', until: 'epoch' }
    })
    if (started.ok) await resting
    return started
  }

  /** Trains one epoch more; nothing where it has come to its end. */
  async step(): Promise<void> {
    if (this.ended !== undefined) return
    const resting = this.untilRest()
    this.session.receive({ type: 'step', unit: 'epoch' })
    await resting
  }

  /** Epochs since this was asked last. */
  takePoints(): EpochPoint[] {
    const { points } = this
    this.points = []
    return points
  }

  /** What the network answers over the plane now. */
  picture(asked: NonNullable<Race['picture']>): Float32Array<ArrayBuffer> {
    const { network, shown } = this.session.ready!
    const { slice, ...boundary } = asked
    const windows = {
      boundary,
      ...(slice ? { slice: { ...slice, base: Float32Array.from(slice.base) } } : {})
    }
    return Float32Array.from(makePictures(network, shown, windows, network.weights()).boundary!.values)
  }

  /** Ends it where it is, and waits until everything is kept. */
  async end(): Promise<void> {
    await this.session.halt()
    await this.session.dispose()
    await this.options.recorder.close()
  }

  private untilRest(): Promise<void> {
    return new Promise((resolve) => (this.rest = resolve))
  }

  private on(event: RunEvent): void {
    this.options.recorder.note(event)
    if (event.type === 'epoch') {
      this.options.recorder.commit()
      this.points.push(event.point)
    } else if (event.type === 'ended') this.ended = event.how
    else if (event.type === 'failed') this.ended = event.message
    else if (event.type !== 'paused') return
    if (event.type !== 'epoch') this.rest?.()
  }
}
