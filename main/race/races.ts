import type { UtilityProcess } from 'electron'
import { fromRaceSchema, type FromRace, type Race, type ToRace } from '@core/race/race'
import { fail, ok, type Result } from '@core/result'
import { tensorflowEnvironment, tensorflowFor } from '@core/run/tensorflow'
import { fork } from '../fork'

interface Places {
  /** What the process that races runs, and where runs and data are kept. */
  readonly bundle: string
  readonly runs: string
  readonly data: string
}

/** The process that trains the networks of a race; one race at a time. */
export class Races {
  private child: UtilityProcess | undefined

  constructor(
    private readonly places: Places,
    private readonly onNews: (news: FromRace) => void
  ) {}

  begin(race: Race): Result<void> {
    if (this.child) return fail({ code: 'busy', message: 'Another race goes on: stop it first.' })
    const child = fork({
      ...{ name: 'race', bundle: this.places.bundle },
      env: {
        NETLOOM_RUNS: this.places.runs,
        NETLOOM_DATA: this.places.data,
        ...tensorflowEnvironment(tensorflowFor(race.lanes[0]!.document, race.files))
      }
    })
    this.child = child
    let over = false
    child.on('message', (data: unknown) => {
      const news = fromRaceSchema.parse(data)
      over = news.type !== 'lap'
      this.onNews(news)
    })
    child.once('exit', () => {
      this.child = undefined
      if (!over)
        this.onNews({
          type: 'failed',
          message: 'The race broke off. Its finished epochs are among the runs.'
        })
    })
    child.postMessage({ type: 'begin', race } satisfies ToRace)
    return ok(undefined)
  }

  say(type: 'pause' | 'play' | 'stop'): void {
    this.child?.postMessage({ type } satisfies ToRace)
  }
}
