import type { Settings, TrainerView } from '@core/ipc'
import type { ProjectState } from './project.svelte'
import type { TrainerLink } from './trainer.svelte'

/** Pixels of a neuron's picture: finer where there are few, each of which is then drawn larger. */
const TILES = { few: { width: 72, height: 40 }, many: { width: 36, height: 20 } }
const FEW = 8

/** Pictures a second at most: enough for the eye, little enough for the trainer. */
const MIN_GAP = 80

/** What the network computes, as last seen: one snapshot that the canvas, the boundary and the inspector share. */
export class LiveView {
  /** Undefined until a network can be looked at. */
  now = $state.raw<TrainerView>()
  /** The epoch that is looked at; undefined is live. */
  rewind = $state<number>()
  /** The neuron under the pointer: its field is shown large. */
  hovered = $state.raw<{ readonly nodeId: string; readonly unit: number }>()

  /** No layer has more neurons than a card shows one below the other. */
  private readonly few: boolean
  private busy = false
  private again = false
  private last = 0

  constructor(
    private readonly project: ProjectState,
    private readonly trainer: TrainerLink,
    private readonly settings: () => Settings
  ) {
    this.few = $derived(
      Object.values(project.derivation.nodes).every(({ outputs }) =>
        Object.values(outputs).every((s) => s?.kind !== 'numbers' || (s.shape.at(-1) ?? 0) <= FEW)
      )
    )
  }

  /** Keeps the snapshot fresh. Call once, in an effect root. */
  connect(): () => void {
    $effect(() => {
      void this.trainer.weightsVersion
      void this.rewind
      void this.project.domain
      void this.project.mapped
      void this.fineness()
      void this.refresh()
    })
    $effect(() => {
      void this.project.structure
      // The neuron may be gone, and its tile with it, before the pointer could leave it.
      this.hovered = undefined
    })
    return () => undefined
  }

  /** Pixels of the map: what a person has asked for, or finer where nothing else is computed. */
  private fineness(): { readonly width: number; readonly height: number } {
    const side = this.settings().layout['mapSide'] ?? 0
    if (side > 0) return { width: side, height: side }
    return this.trainer.running ? { width: 120, height: 80 } : { width: 240, height: 160 }
  }

  private async refresh(): Promise<void> {
    if (this.busy) {
      this.again = true
      return
    }
    this.busy = true
    const wait = this.last + MIN_GAP - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    this.again = false
    this.last = performance.now()
    const { domain, mapped } = this.project
    const view = await this.trainer.view({
      ...(this.rewind === undefined ? {} : { epoch: this.rewind }),
      ...(domain && mapped
        ? {
            boundary: { ...this.fineness(), domain },
            tiles: { ...(this.few ? TILES.few : TILES.many), domain }
          }
        : {})
    })
    // No answer means that there is nothing to look at now; the last picture of another project must not stay.
    this.now = view
    this.busy = false
    if (this.again) void this.refresh()
  }
}
