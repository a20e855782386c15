import { Worker } from 'node:worker_threads'
import type { Document } from '@core/document/schema'
import type { NamedTensor } from '@core/run/checkpoint'
import type { PictureAnswer, PictureOrder, Subject } from './messages'
import type { Pictures, Windows } from './pictures'

/** Pictures, and how long it took to make them. */
export interface Drawn {
  readonly pictures: Pictures
  readonly ms: number
}

/** A thread that dies is started anew so often. */
const RESTARTS = 1

/** The thread that makes pictures, so that the one that trains can train. */
export class ViewWorker {
  private thread: Worker | undefined
  private deaths = 0
  /** Whose network the thread has, and which revision of its document. */
  private subject: Subject | undefined
  private document: Document | undefined
  /** What the thread has said that it cannot draw. */
  private beyond: Subject | undefined
  private answer: ((answer: PictureAnswer | undefined) => void) | undefined

  /** The file is the bundle of `worker.ts`. The thread starts at once, so that the first picture finds it ready. */
  constructor(private readonly file: string) {
    this.thread = this.start()
  }

  /** Can pictures of this network be ordered? */
  draws(subject: Subject): boolean {
    return this.deaths <= RESTARTS && this.beyond !== subject
  }

  /**
   * Orders pictures of a network with these weights; one order at a time. Undefined where the thread cannot make them
   * or died over it, which it says on the console.
   */
  draw(subject: Subject, windows: Windows, weights: readonly NamedTensor[]): Promise<Drawn | undefined> {
    this.thread ??= this.start()
    const { document, files, shown } = subject
    const order: PictureOrder = {
      ...(this.subject === subject ? {} : { subject: { document, files, shown } }),
      ...(this.subject === subject && this.document !== document ? { document } : {}),
      windows,
      weights
    }
    this.subject = subject
    this.document = document
    return new Promise((resolve) => {
      this.answer = (answer) => {
        this.answer = undefined
        if (answer?.type === 'unable') {
          this.beyond = subject
          console.error(`Pictures are made by the training thread. ${answer.reason}`)
        }
        resolve(answer?.type === 'drawn' ? answer : undefined)
      }
      this.thread!.postMessage(order)
    })
  }

  async dispose(): Promise<void> {
    const { thread } = this
    this.forget()
    await thread?.terminate()
  }

  private start(): Worker {
    const thread = new Worker(this.file)
    thread.on('message', (answer: PictureAnswer) => this.answer?.(answer))
    thread.on('error', (error) => console.error('The view worker failed.', error))
    thread.on('exit', (code) => {
      if (this.thread !== thread) return
      console.error(`The view worker ended with ${code}.`)
      this.deaths++
      this.forget()
    })
    return thread
  }

  /** The thread is gone, and what it knew. */
  private forget(): void {
    this.thread = undefined
    this.subject = undefined
    this.answer?.(undefined)
  }
}
