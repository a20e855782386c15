import type { Settings, TrainerView } from '@core/ipc'
import { Latest } from './latest'
import type { ProjectState } from './project.svelte'
import type { TrainerLink } from './trainer.svelte'

/** Pixels of a neuron's picture: finer where there are few, each of which is then drawn larger. */
const TILES = { few: { width: 72, height: 40 }, many: { width: 36, height: 20 } }
const FEW = 8

/** Numbers that one map is computed from. */
const MOST_NUMBERS = 4_000_000

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
  private readonly latest = new Latest(MIN_GAP, () => this.refresh())

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
      void this.project.map
      void this.fineness()
      this.latest.ask()
    })
    $effect(() => {
      void this.project.structure
      // The neuron may be gone, and its tile with it, before the pointer could leave it.
      this.hovered = undefined
    })
    return () => undefined
  }

  /**
   * Pixels of the map: what a person has asked for, or finer where nothing else is computed; fewer for rows of very many
   * numbers.
   */
  private fineness(): { readonly width: number; readonly height: number } {
    const { width, height } = this.wantedFineness()
    const numbers = this.project.map?.slice?.base.length ?? 2
    const scale = Math.min(1, Math.sqrt(MOST_NUMBERS / (width * height * numbers)))
    return {
      width: Math.max(25, Math.round(width * scale)),
      height: Math.max(25, Math.round(height * scale))
    }
  }
  private wantedFineness(): { readonly width: number; readonly height: number } {
    const side = this.settings().layout['mapSide'] ?? 0
    if (side > 0) return { width: side, height: side }
    return this.trainer.running ? { width: 120, height: 80 } : { width: 240, height: 160 }
  }

  private async refresh(): Promise<void> {
    const { map, domain, mapped } = this.project
    const view = await this.trainer.view({
      ...(this.rewind === undefined ? {} : { epoch: this.rewind }),
      ...(map ? { boundary: { ...this.fineness(), domain: map.domain } } : {}),
      ...(map?.slice ? { slice: map.slice } : {}),
      ...(domain && mapped && !map?.slice
        ? { tiles: { ...(this.few ? TILES.few : TILES.many), domain } }
        : {})
    })
    // No answer means that there is nothing to look at now; the last picture of another project must not stay.
    this.now = view
  }
}
