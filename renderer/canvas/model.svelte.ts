import { getContext, setContext } from 'svelte'
import { edgeId, type Edge, type Network } from '@core/document/schema'
import { layers } from '@core/registry'
import type { Problem } from '@core/result'
import type { EpochPoint } from '@core/run/events'
import type { CarriedLayers } from '@core/run/state'
import type { WeightPlace } from '../state/trainer.svelte'
import type { AppState } from '../state/app.svelte'
import { cardsOf, hasLong, type Card } from './cards'
import { examplesOf, type Example } from './examples'
import { canvasStyle, largeStyle, type CardStyle } from './geometry'

/** A problem with its number in the list of all problems. */
export interface Numbered {
  readonly number: number
  readonly problem: Problem
}

/** A small text beside the pointer. */
export interface Tip {
  readonly x: number
  readonly y: number
  readonly text: string
}

/** Everything the parts of one graph share: what the cards show, what is wrong, what is under the pointer. */
export class GraphModel {
  /** Height of the box in document units; decides how high cards are in the presentation. */
  boxHeight = $state(0)
  tip = $state.raw<Tip>()
  /** The weight whose number is being changed, and where its thread was clicked. */
  editing = $state.raw<WeightPlace & { readonly words: string; readonly x: number; readonly y: number }>()
  /** The node whose name is being typed. */
  renaming = $state<string>()

  readonly style: CardStyle
  /** The pictures or sequences that the data's card shows. */
  readonly examples: readonly Example[]
  readonly networks: readonly Network[]
  readonly cards: ReadonlyMap<string, Card>
  readonly problems: readonly Numbered[]
  readonly byNode: ReadonlyMap<string, readonly Numbered[]>
  readonly connected: ReadonlySet<string>
  readonly badEdges: ReadonlySet<string>
  readonly refused: ReadonlySet<string>
  /** Nodes whose units are the shares of the classes. */
  readonly classNodes: ReadonlySet<string>
  /**
   * What becomes of each layer's weights when training goes on with the changed network, until it does; undefined where
   * all are kept.
   */
  readonly carried: CarriedLayers | undefined
  /** The point of the curves that belongs to what is looked at. */
  readonly point: EpochPoint | undefined

  constructor(
    readonly app: AppState,
    readonly readonly: boolean,
    large: () => boolean
  ) {
    const { project } = app
    const plane = $derived(project.points !== undefined)
    // Cards with pictures over the plane are high enough; there a unit is left out instead.
    const long = $derived(project.mapped === undefined && hasLong(project.derivation))
    this.style = $derived(large() ? largeStyle(this.boxHeight - 60) : canvasStyle({ plane, long }))
    this.examples = $derived(
      project.dataset.ok && !plane ? examplesOf(project.dataset.value, project.look) : []
    )
    this.networks = $derived(project.document.networks)
    this.cards = $derived(
      new Map(
        this.networks.flatMap((network) => [
          ...cardsOf({
            document: project.document,
            network,
            derivation: project.derivation,
            noun: project.noun,
            plane,
            map: project.mapped !== undefined,
            examples: this.examples.length,
            style: this.style
          })
        ])
      )
    )
    this.problems = $derived(project.problems.map((problem, i) => ({ number: i + 1, problem })))
    this.byNode = $derived(groupByNode(this.problems))
    this.connected = $derived(
      new Set(
        this.networks.flatMap((n) =>
          n.edges.flatMap((e) => [`${e.from.node}.${e.from.port}`, `${e.to.node}.${e.to.port}`])
        )
      )
    )
    const bad = $derived(badEdges(this.networks, project.problems))
    this.badEdges = $derived(new Set(bad.map(edgeId)))
    this.refused = $derived(new Set(bad.map((e) => `${e.to.node}.${e.to.port}`)))
    this.classNodes = $derived(
      new Set(
        this.networks.flatMap((n) =>
          n.edges
            .filter((e) => layers[n.nodes[e.to.node]!.type]!.role === 'sink' && e.to.port !== 'target')
            .map((e) => e.from.node)
        )
      )
    )
    this.carried = $derived.by(() => {
      const { carried, epoch } = app.trainer.run
      if (carried?.epoch !== epoch) return undefined
      return Object.values(carried.layers).some((how) => how !== 'kept') ? carried.layers : undefined
    })
    this.point = $derived.by(() => {
      const { history } = app.seen
      const epoch = app.view.rewind
      return epoch === undefined ? history.at(-1) : history.findLast((p) => p.epoch <= epoch)
    })
  }
}

function groupByNode(problems: readonly Numbered[]): Map<string, Numbered[]> {
  const grouped = new Map<string, Numbered[]>()
  for (const entry of problems) {
    const { nodeId } = entry.problem
    if (nodeId === undefined) continue
    const list = grouped.get(nodeId)
    if (list) list.push(entry)
    else grouped.set(nodeId, [entry])
  }
  return grouped
}

/** Connections that bring something a node cannot take, or that close a circle. */
function badEdges(networks: readonly Network[], problems: readonly Problem[]): Edge[] {
  const loops = new Set(problems.filter((p) => p.code === 'loop').map((p) => p.nodeId))
  return networks.flatMap((network) =>
    network.edges.filter(
      (e) =>
        (loops.has(e.from.node) && loops.has(e.to.node)) ||
        problems.some(
          (p) =>
            p.nodeId === e.to.node &&
            (p.code === 'shape' || (p.code === 'wrong-kind' && p.field === e.to.port)) &&
            e.to.port !== 'target'
        )
    )
  )
}

const KEY = Symbol('graph')

/** Hands the model to everything inside the graph. */
export function provideGraph(model: GraphModel): void {
  setContext(KEY, model)
}

/** The model of the graph this component is in. */
export function useGraph(): GraphModel {
  return getContext<GraphModel>(KEY)
}
