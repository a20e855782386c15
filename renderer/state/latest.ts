/**
 * Does the same work again and again, once at a time and not too often: of the questions that come meanwhile, one is
 * enough, as its answer is the newest.
 */
export class Latest {
  private busy = false
  private again = false
  private last = -Infinity

  constructor(
    /** From one beginning to the next, in ms. */
    private readonly gap: number,
    private readonly work: () => Promise<void>
  ) {}

  /** Something has changed: the work is done soon. */
  ask(): void {
    if (this.busy) this.again = true
    else void this.run()
  }

  private async run(): Promise<void> {
    this.busy = true
    try {
      do {
        const wait = this.last + this.gap - performance.now()
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
        this.again = false
        this.last = performance.now()
        await this.work()
      } while (this.again)
    } finally {
      this.busy = false
    }
  }
}
