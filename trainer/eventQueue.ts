import type { FromTrainer } from '@core/ipc'
import type { RunEvent } from '@core/run/events'

type Send = (message: Extract<FromTrainer, { type: 'events' }>) => void

const SPACING_MS = 1000 / 30
const CREDITS = 2
/** More curve points than this waiting, and every other one goes. */
const MOST_POINTS = 2000
/** Losses of updates in one event at most; what came before leaves a gap. */
const MOST_LOSSES = 20_000

/**
 * Run events on their way to the window: at most 30 messages a second, and at most two that the window has not
 * answered yet. What comes in the meantime is gathered, and thinned where a slow window lets it pile up.
 */
export class EventQueue {
  private waiting: RunEvent[] = []
  private points = 0
  private seq = 0
  private unanswered = new Set<number>()
  private timer: NodeJS.Timeout | undefined
  private lastSent = -Infinity

  constructor(private readonly now: () => number = () => performance.now()) {}

  private send: Send | undefined

  /** From now on messages go here; what was sent before is not answered any more. */
  connect(send: Send): void {
    this.send = send
    this.unanswered.clear()
    this.flush()
  }

  disconnect(): void {
    this.send = undefined
  }

  add(event: RunEvent): void {
    const last = this.waiting.at(-1)
    if (event.type === 'batch' && last?.type === 'batch') {
      this.waiting.pop()
      const losses = [...last.losses, ...event.losses]
      this.waiting.push({ ...event, losses: losses.slice(-MOST_LOSSES) })
    } else this.waiting.push(event)
    if (event.type === 'epoch' && ++this.points > MOST_POINTS) this.thin()
    this.flush()
  }

  /** The window has drawn the message of this number. */
  acknowledge(seq: number): void {
    this.unanswered.delete(seq)
    this.flush()
  }

  /** Events that wait for a credit. */
  get length(): number {
    return this.waiting.length
  }

  private flush(): void {
    if (this.timer || !this.send || this.waiting.length === 0 || this.unanswered.size >= CREDITS) return
    const early = this.lastSent + SPACING_MS - this.now()
    if (early > 0) {
      this.timer = setTimeout(() => {
        this.timer = undefined
        this.flush()
      }, early)
      return
    }
    this.lastSent = this.now()
    const events = this.waiting
    this.waiting = []
    this.points = 0
    this.unanswered.add(++this.seq)
    this.send({ type: 'events', seq: this.seq, events })
  }

  private thin(): void {
    let nth = 0
    const last = this.waiting.length - 1
    this.waiting = this.waiting.filter(
      (event, i) => event.type !== 'batch' && (event.type !== 'epoch' || i === last || nth++ % 2 === 0)
    )
    this.points = this.waiting.filter((event) => event.type === 'epoch').length
  }
}
