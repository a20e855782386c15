import { NewAnswers } from '@core/answers/newAnswers'
import { formOf } from '@core/data/newRowsForm'
import type { OpenedRows, RowsForm } from '@core/ipc/newRows'
import type { Problem, Result } from '@core/result'
import { request } from '../state/bridge'
import type { ProjectState } from '../state/project.svelte'
import type { TrainerLink } from '../state/trainer.svelte'
import type { LiveView } from '../state/view.svelte'

/** The list is brought up to date so often, in ms: sorting 100,000 rows for every piece would be noticed. */
const EVERY = 250

type From = 'table' | 'folder' | 'pictures' | 'dropped'

/** A new table or new pictures, and what the network says to them. */
export class NewRows {
  /** One example by hand, or many from a file. */
  mode = $state<'one' | 'file'>('one')
  /** What was opened last, and what is open in the data process. */
  opened = $state.raw<OpenedRows>()
  /** What the open rows were made for. */
  form = $state.raw<RowsForm>()
  /** The answers so far. They grow in place; `version` says that there are more. */
  answers = $state.raw<NewAnswers>()
  version = $state(0)
  status = $state<'none' | 'reading' | 'answering' | 'done' | 'stopped'>('none')
  /** How far reading is, before the first answer. */
  read = $state.raw({ done: 0, rows: 0 })
  problem = $state.raw<Problem>()
  /** Whose weights the answers are from: their epoch, and the state of the trainer that counts every change. */
  epoch = $state(0)
  picked = $state<number>()
  /** What rows must become to be answered by the present network; undefined where it answers none. */
  readonly wanted: RowsForm | undefined
  readonly busy = $derived(this.status === 'reading' || this.status === 'answering')
  /** The answers are from before the last training, or from another network. */
  readonly stale: boolean
  private structure = $state<string>()
  private run = 0

  constructor(
    private readonly project: ProjectState,
    private readonly trainer: TrainerLink,
    private readonly view: LiveView
  ) {
    this.wanted = $derived.by(() => {
      const { data } = project.derivation
      return data && formOf(project.document, project.files, data, project.sample?.preparation)
    })
    this.stale = $derived(
      this.answers !== undefined &&
        !this.busy &&
        (this.structure !== project.structure || this.epoch !== (view.rewind ?? trainer.run.epoch))
    )
  }

  /** Opens what a person chooses, or what was dropped onto the window last, and answers it. */
  async open(from: From): Promise<void> {
    const form = this.wanted
    if (!form) return
    this.mode = 'file'
    await this.begin(form, () =>
      from === 'dropped' ? request('rows:dropped', form) : request('rows:choose', from, form)
    )
  }

  /** Answers the same rows with the network as it is now. */
  async again(): Promise<void> {
    const { opened, wanted } = this
    if (opened && wanted) await this.begin(wanted, () => request('rows:again', opened.id, wanted))
  }

  /** Keeps what was answered, and answers no more. */
  stop(): void {
    if (!this.busy) return
    this.run++
    this.status = this.answers && this.answers.rows > 0 ? 'stopped' : 'none'
    this.version++
  }

  /** Forgets the file: another one is to be chosen, or another project was opened. */
  reset(): void {
    this.run++
    if (this.opened) void request('rows:close', this.opened.id)
    this.opened = undefined
    this.answers = undefined
    this.problem = undefined
    this.picked = undefined
    this.status = 'none'
  }

  private async begin(form: RowsForm, open: () => Promise<Result<OpenedRows | undefined>>): Promise<void> {
    const opened = await open()
    if (opened.ok && !opened.value) return
    const run = ++this.run
    this.problem = undefined
    this.picked = undefined
    this.answers = undefined
    this.read = { done: 0, rows: 0 }
    if (!opened.ok) return this.fail(opened.problems[0]!)
    const { id } = opened.value!
    this.opened = opened.value
    this.form = form
    this.structure = this.project.structure
    this.status = 'reading'
    const answers = new NewAnswers({
      classes: form.kind === 'table' ? form.preparation.target.classes : form.classes,
      target: form.kind === 'table' ? form.preparation.target.name : 'class'
    })
    const at = this.view.rewind
    let shown = performance.now()
    for (;;) {
      const next = await request('rows:next', id)
      if (run !== this.run) return
      if (!next.ok) return this.fail(next.problems[0]!)
      const piece = next.value
      if (piece.type === 'reading') {
        this.read = { done: piece.done, rows: piece.rows }
        continue
      }
      const { x } = piece as { readonly x: Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> }
      const told = x.length === 0 ? undefined : await this.trainer.tell(run, x, at)
      if (run !== this.run) return
      if (x.length > 0 && !told)
        return this.fail({
          code: 'no-network',
          message: 'The network was changed while it answered.',
          detail: 'Once it is ready again, let it answer anew.'
        })
      answers.add(piece, told?.told ?? new Float32Array())
      this.epoch = told?.epoch ?? this.epoch
      this.answers = answers
      this.status = piece.last ? 'done' : 'answering'
      if (!piece.last && performance.now() - shown < EVERY) continue
      shown = performance.now()
      this.version++
      if (piece.last) return
    }
  }

  private fail(problem: Problem): void {
    this.problem = problem
    this.status = this.answers ? 'stopped' : 'none'
    this.version++
  }
}
