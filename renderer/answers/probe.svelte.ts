import type { Inside } from '@core/ipc'
import { Latest } from '../state/latest'
import type { LiveView } from '../state/view.svelte'
import type { TrainerLink } from '../state/trainer.svelte'

/** What is looked at inside the network: an example of the data, or one that a person has made. */
export type Picked =
  | { readonly kind: 'row'; readonly row: number }
  | { readonly kind: 'own'; readonly values: Float32Array<ArrayBuffer> }
  | { readonly kind: 'typed'; readonly cells: Cells }

/** Cells of a row by the names of their columns, as they are typed. */
export type Cells = { readonly [column: string]: string }

/** Looks a second at most. */
const MIN_GAP = 90

/** One example, and what every node of the network makes of it: shared by the canvas and the panels. */
export class Probe {
  picked = $state.raw<Picked>()
  /** What a person has drawn or typed, before it is brought into the form of the data. */
  drawing = $state.raw<Float32Array<ArrayBuffer>>()
  /** The row that was taken to be changed by hand. */
  base = $state<number>()
  /** Undefined until the network has answered. */
  now = $state.raw<Inside>()
  /** Why it cannot: what was typed is no row of the table. */
  refusal = $state<string>()

  private readonly latest = new Latest(MIN_GAP, () => this.refresh())

  constructor(
    private readonly trainer: TrainerLink,
    private readonly view: LiveView
  ) {}

  /** Keeps the answers fresh. Call once, in an effect root. */
  connect(): () => void {
    $effect(() => {
      void this.trainer.weightsVersion
      void this.view.rewind
      if (this.picked) this.latest.ask()
      else this.now = undefined
    })
    return () => undefined
  }

  pick(picked: Picked | undefined): void {
    if (!this.goesOn(picked)) this.now = undefined
    this.picked = picked
  }

  /** Forgets what belongs to another project. */
  reset(): void {
    this.picked = undefined
    this.drawing = undefined
    this.base = undefined
    this.now = undefined
    this.refusal = undefined
  }

  /** Is this row of the data the one that is looked at? */
  isRow(row: number): boolean {
    return this.picked?.kind === 'row' && this.picked.row === row
  }

  /** What is said to this example may stand for the one that is looked at: what a person makes changes little by little. */
  private goesOn(picked: Picked | undefined): boolean {
    return picked?.kind === this.picked?.kind && (picked?.kind !== 'row' || this.isRow(picked.row))
  }

  private async refresh(): Promise<void> {
    const { picked } = this
    const found = picked && (await this.trainer.inside(exampleOf(picked), this.view.rewind))
    if (this.picked && this.goesOn(picked)) {
      this.now = found?.type === 'inside' ? found : undefined
      this.refusal = found?.type === 'unprepared' ? found.message : undefined
    }
  }
}

/** How the trainer is asked for it. */
export function exampleOf(picked: Picked): Parameters<TrainerLink['inside']>[0] {
  switch (picked.kind) {
    case 'row':
      return { row: picked.row }
    case 'own':
      return { values: picked.values }
    case 'typed':
      return { cells: picked.cells }
  }
}
