import { baselinesOf } from '@core/data/baselines'
import type { PartName } from '@core/data/dataset'
import type { FromTrainer, ToTrainer } from '@core/ipc'
import type { Model } from '../model'
import { weightsAt, type Sight, type Turns } from '../views/turns'
import { browse, type Sheets } from './browse'
import { importance } from './importance'
import { insideOf, weightsOf } from './inside'
import { Sheet, spread } from './sheet'
import { Teller } from './tell'
import { unrolledOf } from './unrolled'
import { written } from './writing'

type Reply = Extract<FromTrainer, { id: number }>
type AnswersRequest = Extract<ToTrainer, { type: 'answers' }>
/** What this room answers. */
export type AnswerRequest = Extract<
  ToTrainer,
  {
    type:
      | 'answers'
      | 'examples'
      | 'inside'
      | 'weights'
      | 'importance'
      | 'baselines'
      | 'tell'
      | 'write'
      | 'unrolled'
  }
>

/** While training runs, of a larger part so many rows are looked at: the rest would be old before it is told. */
const MOST_WHILE_RUNNING = 10_000

/**
 * Answers what the window asks about answers: added up, single ones, and what every node makes of an example. All of it
 * with the training thread's network, slice by slice in the share of time that is for looking.
 */
export class Answering {
  private sheets: { [P in PartName]?: Sheet } = {}
  /** Whose answers the sheets hold. */
  private model: Model | undefined
  /** Requests for the answers to a part, of which the newest counts. */
  private readonly asked = new Map<PartName, AnswersRequest[]>()
  private filling = false
  private readonly teller: Teller

  constructor(
    private readonly sight: () => Sight,
    private readonly turns: Turns,
    private readonly answer: (message: Reply) => void
  ) {
    this.teller = new Teller(turns)
  }

  receive(message: AnswerRequest): void {
    switch (message.type) {
      case 'answers': {
        this.asked.set(message.part, [...(this.asked.get(message.part) ?? []), message])
        if (!this.filling) void this.fillAll()
        return
      }
      case 'examples':
        return this.look(message.id, ({ dataset }) => ({
          type: 'examples',
          id: message.id,
          ...browse(dataset, this.known(), message.query)
        }))
      case 'inside':
        return this.look(message.id, (model) => insideOf(model, message))
      case 'unrolled':
        return this.look(message.id, (model) => unrolledOf(model, message))
      case 'write':
        return this.look(message.id, (model) => written(model, message))
      case 'importance':
        return void importance(message, this.turns).then((reply) =>
          this.answer(reply ?? { type: 'noView', id: message.id })
        )
      case 'baselines':
        return void this.baselines(message.id)
      case 'tell':
        return void this.teller
          .tell(message)
          .then((reply) => this.answer(reply ?? { type: 'noView', id: message.id }))
      case 'weights':
        return this.look(message.id, (model) => weightsOf(model, message))
    }
  }

  private look(id: number, work: (model: Model) => Reply | undefined): void {
    void this.turns.take(() => this.answer(this.turns.guarded(work) ?? { type: 'noView', id }))
  }

  private async fillAll(): Promise<void> {
    this.filling = true
    for (;;) {
      const [next] = this.asked
      if (!next) break
      const [part, requests] = next
      this.asked.delete(part)
      const { epoch } = requests.at(-1)!
      const sheet = await this.fill(part, epoch)
      for (const { id } of requests) this.answer(sheet ? reply(id, sheet) : { type: 'noView', id })
    }
    this.filling = false
  }

  /** The answers to a part with these weights; undefined where there are none, and where it fails. */
  private async fill(part: PartName, epoch: number | undefined): Promise<Finished | undefined> {
    let sheet: Sheet | undefined
    let all = 0
    const begun = await this.turns.take(() =>
      this.turns.guarded((model) => {
        const { dataset, plan } = model
        if (!plan.scheme.compares) return undefined
        const rows = dataset.parts[part]
        all = rows.length
        const some = this.sight().running && all > MOST_WHILE_RUNNING
        const seen = weightsAt(model, epoch)
        sheet = new Sheet(
          model,
          part,
          seen,
          some ? spread(all, MOST_WHILE_RUNNING).map((i) => rows[i]!) : rows
        )
        return model
      })
    )
    if (!begun || !sheet || all === 0) return undefined
    const own = sheet
    while (!own.done) {
      const going = await this.turns.take(() =>
        this.turns.guarded((model) => {
          // Another network has taken its place meanwhile, and with it went the engine's memory.
          if (model === begun) own.fill()
          return model === begun
        })
      )
      if (!going) return undefined
    }
    const outcome = await this.turns.take(() => this.turns.guarded(() => own.outcome()))
    if (!outcome) return undefined
    if (this.model !== begun) this.sheets = {}
    this.model = begun
    this.sheets[part] = own
    return { sheet: own, rows: all, outcome }
  }

  /** What can be done with the network's data without a network; `pauses` leave training its time. */
  private async baselines(id: number): Promise<void> {
    const { model } = this.sight()
    const found = model && (await baselinesOf(model.dataset, this.turns.pauses()))
    const { commonest, ...told } = found ?? { commonest: undefined }
    this.answer(
      'part' in told
        ? { type: 'baselines', id, ...told, ...(commonest === undefined ? {} : { commonest }) }
        : { type: 'noView', id }
    )
  }

  /** The answers of the network that is there now. */
  private known(): Sheets {
    return this.model === this.sight().model ? this.sheets : {}
  }
}

interface Finished {
  readonly sheet: Sheet
  readonly rows: number
  readonly outcome: ReturnType<Sheet['outcome']>
}

function reply(id: number, { sheet, rows, outcome }: Finished): Reply {
  const { part, epoch } = sheet
  return { type: 'answers', id, part, epoch, rows, seen: sheet.rows.length, outcome }
}
