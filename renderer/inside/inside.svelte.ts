import { adviceFor, type Advice } from '@core/inside/advice'
import type { Finding } from '@core/inside/messages'
import { nodeOf } from '@core/document/schema'
import { layerName } from '../shared/nodes'
import type { ProjectState } from '../state/project.svelte'
import type { TrainerLink } from '../state/trainer.svelte'
import type { LiveView } from '../state/view.svelte'

/** A finding with its words. */
export interface Noted extends Advice {
  readonly finding: Finding
  /** All layers that it is about, the worst first. */
  readonly nodes: readonly string[]
}

/** It takes the trainer some milliseconds, and what it finds has to last anyway. */
const GAP = 1500

/** What keeps the network from learning, as it was last found: shared by the cards and the panels. */
export class InsideView {
  private found = $state.raw<readonly Finding[]>([])
  readonly notes: readonly Noted[]
  /** By layer. */
  readonly byNode: ReadonlyMap<string, readonly Noted[]>

  private busy = false
  private again = false
  private last = 0

  constructor(
    private readonly project: ProjectState,
    private readonly trainer: TrainerLink,
    private readonly view: LiveView
  ) {
    this.notes = $derived.by(() => {
      // Of a network that is drawn otherwise by now, nothing is said: that is how one sees what helped.
      if (trainer.stale) return []
      const { document, noun } = project
      const order = Object.values(project.derivation.order).flat()
      const title = (nodeId: string): string => layerName(document, order, nodeId)
      return this.found
        .map((finding) => ({
          finding,
          nodes: [finding.nodeId, ...('others' in finding ? finding.others : [])]
        }))
        .filter(({ nodes }) => nodes.every((id) => nodeOf(document, id)))
        .map((own) => ({ ...own, ...adviceFor(document, own.finding, { title, noun }) }))
    })
    this.byNode = $derived.by(() => {
      const found = new Map<string, Noted[]>()
      for (const note of this.notes)
        for (const id of note.nodes) found.set(id, [...(found.get(id) ?? []), note])
      return found
    })
  }

  /** Keeps it fresh. Call once, in an effect root. */
  connect(): () => void {
    $effect(() => {
      void this.trainer.weightsVersion
      void this.view.rewind
      if (this.trainer.run.epoch > 0) void this.refresh()
      else this.found = []
    })
    return () => undefined
  }

  private async refresh(): Promise<void> {
    if (this.busy) {
      this.again = true
      return
    }
    this.busy = true
    const wait = this.last + GAP - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    this.again = false
    const answer = await this.trainer.findings(this.view.rewind)
    this.last = performance.now()
    const findings = this.trainer.run.epoch > 0 ? (answer?.findings ?? []) : []
    // The same again is nothing to draw anew.
    if (JSON.stringify(findings) !== JSON.stringify(this.found)) this.found = findings
    this.busy = false
    if (this.again) void this.refresh()
  }
}
