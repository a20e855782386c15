/** A sleep that can be ended early. */
export class Alarm {
  private wake: (() => void) | undefined

  /** Until `ring`, or until the milliseconds have passed. */
  sleep(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => this.ring(), ms)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  ring(): void {
    const wake = this.wake
    this.wake = undefined
    wake?.()
  }
}

/** Waits so many milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

// Node's way is the quicker one; a browser has none.
const soon = (globalThis as { setImmediate?: (callback: () => void) => void }).setImmediate ?? setTimeout

/** Lets messages, timers and signals have their turn. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => soon(resolve))
}
