import type { FetchProgress } from '@core/ipc/dataProcess'

/** Told about at most so often, in ms. */
const EVERY = 100
/** The speed is that of the last so many ms. */
const WINDOW = 5000
/** Before so many ms have passed, nobody can say how long it will take. */
const KNOWN_AFTER = 1500

/** How far fetching is: counts bytes, and works out how long the rest will take. */
export class Progress {
  private told = -Infinity
  private later: ReturnType<typeof setTimeout> | undefined
  private readonly marks: { readonly at: number; readonly done: number }[] = []

  constructor(
    private readonly name: string,
    private readonly tell: (progress: FetchProgress) => void,
    private readonly now: () => number = () => performance.now()
  ) {}

  /** So many bytes of so many have come. */
  bytes(done: number, total: number): void {
    const at = this.now()
    while (this.marks.length > 1 && at - this.marks[0]!.at > WINDOW) this.marks.shift()
    this.marks.push({ at, done })
    clearTimeout(this.later)
    const wait = this.told + EVERY - at
    if (wait <= 0 || done >= total) this.tellBytes(done, total)
    // What comes last before a silence is told, too.
    else this.later = setTimeout(() => this.tellBytes(done, total), wait)
  }

  /** Something that cannot be counted is going on. */
  step(step: 'npm' | 'unpacking'): void {
    this.end()
    this.tell({ name: this.name, step })
  }

  /** Nothing more is told. */
  end(): void {
    clearTimeout(this.later)
  }

  private tellBytes(done: number, total: number): void {
    const at = this.now()
    this.told = at
    const first = this.marks[0]!
    const speed = (done - first.done) / (at - first.at)
    const known = at - first.at >= KNOWN_AFTER && speed > 0
    this.tell({
      name: this.name,
      step: 'fetching',
      done,
      total,
      ...(known ? { msLeft: (total - done) / speed } : {})
    })
  }
}
