import { fail, type Result } from '@core/result'
import { decodeCheckpoint } from '@core/run/checkpoint'
import { log } from '../log'

/** How long an answer may take, in ms: starting the process and loading TensorFlow included. */
const LIMIT = 30_000

/** A trained state as bytes that main keeps. */
export interface SafeState {
  readonly epoch: number
  /** `structureKey` of the document it belongs to. */
  readonly structure: string
  readonly bytes: Uint8Array
}

/** The state in these bytes; undefined where nothing has been trained yet. */
function safeState(bytes: Uint8Array): SafeState | undefined {
  const checkpoint = decodeCheckpoint(bytes)
  if (!checkpoint.ok) {
    log.error(`a training state is unreadable: ${checkpoint.problems[0]!.message}`)
    return undefined
  }
  const { epoch, step, structure } = checkpoint.value
  return step > 0 ? { epoch, structure, bytes } : undefined
}

/** What the training process has been asked and has not answered yet, by number. */
export class Questions {
  // 0 is the number of messages whose answer nobody waits for.
  private nextId = 1
  private readonly open = new Map<number, (result: Result<void>) => void>()
  private readonly captures = new Map<number, (checkpoint: Uint8Array | undefined) => void>()

  /** Sends and waits; a process that says nothing is a failure in words. */
  ask(send: (id: number) => void): Promise<Result<void>> {
    const id = this.nextId++
    return new Promise((resolve) => {
      const late = fail({
        code: 'trainer-slow',
        message: `The training process has not answered for ${LIMIT / 1000} seconds.`,
        detail: 'It may be busy with a very large network. Stop it, and try again.'
      })
      const timer = setTimeout(() => this.answer(id, late), LIMIT)
      this.open.set(id, (result) => {
        clearTimeout(timer)
        resolve(result)
      })
      send(id)
    })
  }

  /** The answer to a question. */
  answer(id: number, result: Result<void>): void {
    const waiting = this.open.get(id)
    this.open.delete(id)
    waiting?.(result)
  }

  /** Asks for the present state, for at most this many ms. Undefined where nothing is trained, or not in time. */
  async capture(send: (id: number) => void, limit: number): Promise<SafeState | undefined> {
    const id = this.nextId++
    const bytes = await new Promise<Uint8Array | undefined>((resolve) => {
      const timer = setTimeout(() => {
        log.error(`the trainer did not hand over its state within ${limit} ms`)
        this.answerCapture(id, undefined)
      }, limit)
      this.captures.set(id, (checkpoint) => {
        clearTimeout(timer)
        resolve(checkpoint)
      })
      send(id)
    })
    return bytes && safeState(bytes)
  }

  /** The answer to `capture`. */
  answerCapture(id: number, checkpoint: Uint8Array | undefined): void {
    const waiting = this.captures.get(id)
    this.captures.delete(id)
    waiting?.(checkpoint)
  }

  /** Nobody will answer any more. */
  failAll(message: string): void {
    for (const id of [...this.open.keys()]) this.answer(id, fail({ code: 'trainer-died', message }))
    for (const id of [...this.captures.keys()]) this.answerCapture(id, undefined)
  }
}
