import { encodeCheckpoint } from '@core/run/checkpoint'
import type { Model } from './model'
import type { StateToKeep } from './runs/recorder'

/** Whom checkpoints go to, so that they outlive this process. */
export interface Safe {
  /** Checkpoint bytes, about once a second and whenever training pauses or ends. */
  readonly checkpoint?: (epoch: number, bytes: Uint8Array) => void
  /** The same, and the best epoch's, for the kept run. */
  readonly keepWeights?: (states: readonly StateToKeep[]) => void
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
    const { checkpoint, keepWeights } = this.safe
    if ((!checkpoint && !keepWeights) || !model.trained) return
    const { epoch } = model.position
    const bytes = model.capture()
    checkpoint?.(epoch, bytes)
    const best = model.bestCheckpoint()
    keepWeights?.([
      { kind: 'last', epoch, bytes: () => bytes },
      ...(best
        ? [
            {
              kind: 'best',
              epoch: best.epoch,
              bytes: () => (best.epoch === epoch ? bytes : encodeCheckpoint(best))
            } as const
          ]
        : [])
    ])
    this.sent = performance.now()
  }

  giveUp(model: Model | undefined): void {
    if (model?.trained) this.safe.givingUp?.(model.position.epoch, model.structure, model.capture())
  }
}
