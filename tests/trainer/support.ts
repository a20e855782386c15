import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { FromTrainer, StartRequest } from '@core/ipc'
import type { Document } from '@core/document/schema'
import { setSetting } from '@core/document/paths'
import { unwrap } from '@core/result'
import type { RunEvent } from '@core/run/events'
import { idleRun, reduceRun } from '@core/run/state'
import { loadNative } from '@trainer/nativeAddon'
import { Session, type SessionOptions } from '@trainer/session'
import type { SpeedMessage } from '@trainer/speed'

/** The engines that this machine has. */
export const engines: readonly ('native' | 'wasm')[] = (await loadNative()).ok ? ['native', 'wasm'] : ['wasm']

/** A document with settings changed, as `--set` does. */
export function withSettings(document: Document, settings: { readonly [path: string]: unknown }): Document {
  return Object.entries(settings).reduce((d, [path, value]) => unwrap(setSetting(d, path, value)), document)
}

/** A file of tests/oracles as text. */
export function oracle(name: string): string {
  return readFileSync(resolve(import.meta.dirname, '../oracles', name), 'utf8')
}

/** A session with everything it said. */
export function openSession(options: Partial<SessionOptions> = {}) {
  const events: RunEvent[] = []
  const answers: FromTrainer[] = []
  const checkpoints: { epoch: number; bytes: Uint8Array }[] = []
  const givenUp: Uint8Array[] = []
  const training: { on: boolean; epoch: number }[] = []
  const speeds: SpeedMessage[] = []
  let notice = (): void => undefined
  const session = new Session(
    {
      event: (event) => {
        events.push(event)
        notice()
      },
      answer: (message) => {
        answers.push(message)
        notice()
      },
      speed: (message) => {
        speeds.push(message)
        notice()
      },
      training: (on, epoch) => training.push({ on, epoch }),
      checkpoint: (epoch, bytes) => checkpoints.push({ epoch, bytes }),
      givingUp: (_epoch, _structure, bytes) => givenUp.push(bytes)
    },
    { paced: false, ...options }
  )
  /** Settles when the condition holds, which is looked at after each message. */
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((done) => {
      notice = () => {
        if (holds()) done()
      }
      notice()
    })
  return {
    session,
    events,
    answers,
    checkpoints,
    givenUp,
    training,
    speeds,
    until,
    start: async (document: Document, request: Partial<StartRequest> = {}, checkpoint?: Uint8Array) =>
      session.start({ document, files: {}, from: 'scratch', until: 'end', ...request }, checkpoint),
    /** The run as the window would see it. */
    run: () => reduceRun(idleRun, events)
  }
}
