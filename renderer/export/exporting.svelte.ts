import type { ExportFormat } from '@core/export/format'
import { formats } from '@core/export/formats'
import { exportModel, type ExportModel } from '@core/export/model'
import type { ExportPreview, ExportStep } from '@core/export/preview'
import { fullConfig } from '@core/registry/complete'
import type { Problem } from '@core/result'
import type { AppState } from '../state/app.svelte'
import { listen, request } from '../state/bridge'

/** A moment of the training whose weights can be taken away; the epoch is null for now. */
export interface Moment {
  readonly id: string
  readonly words: string
  readonly epoch: number | null
}

const count = new Intl.NumberFormat('en-US')

/** An export from opening the dialog to the folder on the disk. Each choice makes the files anew, in memory. */
export class Exporting {
  readonly formats = Object.values(formats)
  /** What keeps each format from holding the network; empty where nothing does. */
  readonly refusals: { readonly [format: string]: readonly Problem[] }
  readonly moments: readonly Moment[]
  format = $state.raw<ExportFormat>(this.formats[0]!)
  network = $state('')
  moment = $state('')
  /** What is being done; undefined where nothing is. */
  step = $state<ExportStep>()
  preview = $state.raw<ExportPreview>()
  problems = $state.raw<readonly Problem[]>([])
  saving = $state(false)
  /** The folder's name, once it is there. */
  savedAs = $state<string>()
  private asked = 0

  constructor(private readonly app: AppState) {
    const { document } = app.project
    this.network = document.networks[0]!.id
    this.refusals = $derived.by(() => refusalsOf(this.model))
    this.moments = momentsOf(app)
    this.moment = this.moments[0]!.id
    this.format = this.formats.find(({ type }) => this.refusals[type]!.length === 0) ?? this.formats[0]!
  }

  /** Call once, in an effect: makes what is chosen, and gives it up at the end. */
  connect(): () => void {
    const stop = listen('export:step', (step) => {
      if (this.step) this.step = step
    })
    return () => {
      stop()
      this.asked++
      void request('export:end')
    }
  }

  /** Makes what is chosen now; a refused format is not tried. */
  async make(): Promise<void> {
    const { type, fields } = this.format
    const ask = ++this.asked
    this.preview = undefined
    this.savedAs = undefined
    this.problems = this.refusals[type]!
    this.step = undefined
    if (this.problems.length > 0) return
    this.step = 'data'
    const { document, files } = this.app.project
    const result = await request('export:make', {
      document,
      files,
      network: this.network,
      epoch: this.moments.find(({ id }) => id === this.moment)!.epoch,
      format: type,
      config: fullConfig(fields)
    })
    if (ask !== this.asked) return
    this.step = undefined
    if (result.ok) this.preview = result.value
    else this.problems = result.problems
  }

  /** Asks where to, and writes the folder. */
  async save(): Promise<void> {
    this.saving = true
    this.problems = []
    const result = await request('export:save')
    this.saving = false
    if (!result.ok) this.problems = result.problems
    else if (result.value) this.savedAs = result.value.savedAs
  }

  private get model(): ExportModel {
    const { document, files } = this.app.project
    return exportModel({
      ...{ document, files, network: this.network },
      ...{ weights: [], epoch: 0, scale: 1, preparation: undefined }
    })
  }
}

function refusalsOf(model: ExportModel): { readonly [format: string]: readonly Problem[] } {
  return Object.fromEntries(
    Object.values(formats).map((format) => [format.type, format.refuses(model, fullConfig(format.fields))])
  )
}

function momentsOf({ trainer, view }: AppState): readonly Moment[] {
  const { best, history } = trainer.run
  const latest = history.at(-1)?.epoch ?? 0
  const words = (name: string, epoch: number): string => `${name}, epoch ${count.format(epoch)}`
  const shown = view.rewind
  return [
    ...(best && best.epoch !== latest
      ? [{ id: 'best', words: words('Best', best.epoch), epoch: best.epoch }]
      : []),
    ...(shown !== undefined && shown !== best?.epoch && shown !== latest
      ? [{ id: 'shown', words: words('Shown', shown), epoch: shown }]
      : []),
    {
      id: 'latest',
      words: words(best?.epoch === latest ? 'Latest and best' : 'Latest', latest),
      epoch: null
    }
  ]
}
