import type { UtilityProcess } from 'electron'
import {
  answeredSchema,
  answerSchema,
  type AnswerOf,
  type ArgsOf,
  type Asked,
  type Questions
} from '@core/ipc/questions'
import { fail, type Problem } from '@core/result'
import { fork, type ForkOptions } from './fork'
import { log } from './log'

/** A process that main asks. */
export interface AskedOptions<Qs extends Questions> extends ForkOptions {
  readonly questions: Qs
  /** What those are told who wait when it dies. */
  readonly died: Problem
  /** What it says by itself. */
  readonly onNews?: (message: unknown) => void
}

interface Waiting {
  readonly question: string
  readonly answer: (answer: never) => void
}

/** A process beside main that answers questions. It is started when it is first needed, and again when it has died. */
export class AskedProcess<Qs extends Questions> {
  private child: UtilityProcess | undefined
  private nextId = 1
  private readonly waiting = new Map<number, Waiting>()

  constructor(private readonly options: AskedOptions<Qs>) {}

  /** Asks, and waits as long as it takes. */
  ask<Q extends keyof Qs & string>(question: Q, ...args: ArgsOf<Qs, Q>): Promise<AnswerOf<Qs, Q>> {
    const id = this.nextId++
    const message: Asked = { id, question, args }
    return new Promise((resolve) => {
      this.waiting.set(id, { question, answer: resolve as Waiting['answer'] })
      this.process().postMessage(message)
    })
  }

  private process(): UtilityProcess {
    if (this.child) return this.child
    const child = fork(this.options)
    child.on('message', (message: unknown) => this.onMessage(message))
    child.once('exit', (code) => this.onEnd(code))
    this.child = child
    return child
  }

  private onMessage(data: unknown): void {
    const message = answeredSchema.safeParse(data)
    if (!message.success) return this.options.onNews?.(data)
    const { id, answer } = message.data
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    waiting?.answer(answerSchema(this.options.questions, waiting.question).parse(answer) as never)
  }

  private onEnd(code: number): void {
    log.error(`the ${this.options.name} process ended with ${code}`)
    this.child = undefined
    const waiting = [...this.waiting.values()]
    this.waiting.clear()
    for (const { answer } of waiting) answer(fail(this.options.died) as never)
  }
}
