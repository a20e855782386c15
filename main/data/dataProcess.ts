import { utilityProcess, type UtilityProcess } from 'electron'
import {
  answerSchema,
  fromDataSchema,
  type DataAnswer,
  type DataArgs,
  type DataQuestion,
  type FetchProgress,
  type ToData
} from '@core/ipc/dataProcess'
import type { ReadingProgress } from '@core/data/pictureFolder'
import { fail } from '@core/result'
import { log } from '../log'

interface Asked {
  readonly question: DataQuestion
  readonly answer: (answer: DataAnswer<DataQuestion>) => void
}

/** The process that fetches and reads data. It is started when it is first needed, and again when it has died. */
export class DataProcess {
  private child: UtilityProcess | undefined
  private nextId = 1
  private readonly asked = new Map<number, Asked>()

  constructor(
    /** What it runs, and what its threads run that read pictures. */
    private readonly bundles: { readonly data: string; readonly pictures: string },
    private readonly listener: {
      readonly onFetching: (progress: FetchProgress) => void
      readonly onReading: (progress: ReadingProgress) => void
    }
  ) {}

  /** Asks, and waits as long as it takes. */
  ask<Q extends DataQuestion>(question: Q, ...args: DataArgs<Q>): Promise<DataAnswer<Q>> {
    const id = this.nextId++
    const message: ToData = { id, question, args }
    return new Promise((resolve) => {
      this.asked.set(id, { question, answer: resolve as Asked['answer'] })
      this.process().postMessage(message)
    })
  }

  private process(): UtilityProcess {
    if (this.child) return this.child
    const child = utilityProcess.fork(this.bundles.data, [this.bundles.pictures], {
      serviceName: 'data',
      stdio: 'pipe'
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => log.info(`data: ${data.toString().trimEnd()}`))
    child.on('message', (message: unknown) => this.onMessage(message))
    child.once('exit', (code) => this.onEnd(code))
    this.child = child
    return child
  }

  private onMessage(data: unknown): void {
    const message = fromDataSchema.parse(data)
    if (message.type === 'fetching') return this.listener.onFetching(message.progress)
    if (message.type === 'reading') return this.listener.onReading(message.progress)
    const asked = this.asked.get(message.id)
    this.asked.delete(message.id)
    if (asked) asked.answer(answerSchema(asked.question).parse(message.answer) as DataAnswer<DataQuestion>)
  }

  private onEnd(code: number): void {
    log.error(`the data process ended with ${code}`)
    this.child = undefined
    const waiting = [...this.asked.values()]
    this.asked.clear()
    for (const { answer } of waiting)
      answer(
        fail({
          code: 'data-died',
          message: 'The part of Netloom that reads data has crashed.',
          detail: 'Your network is untouched. Try again; what was fetched before is kept.'
        })
      )
  }
}
