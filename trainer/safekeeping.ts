import type { Model } from './model'

/** Whom checkpoints go to, so that they outlive this process. */
export interface Safe {
  /** Checkpoint bytes, about once a second and whenever training pauses or ends. */
  readonly checkpoint?: (epoch: number, bytes: Uint8Array) => void
  /** Checkpoint bytes of what was trained, before it is given up. */
  readonly givingUp?: (epoch: number, structure: string, bytes: Uint8Array) => void
}

const EVERY_MS = 1000

/** Brings what was trained to safety while it changes, and before it is given up. */
export class Safekeeping {
  private sent = 0

  constructor(private readonly safe: Safe) {}

  /** A run begins: its first checkpoint is due a second from now. */
  begin(): void {
    this.sent = performance.now()
  }

  get due(): boolean {
    return performance.now() - this.sent >= EVERY_MS
  }

  send(model: Model): void {
    if (!this.safe.checkpoint || !model.trained) return
    this.safe.checkpoint(model.position.epoch, model.capture())
    this.sent = performance.now()
  }

  giveUp(model: Model | undefined): void {
    if (model?.trained) this.safe.givingUp?.(model.position.epoch, model.structure, model.capture())
  }
}
