import type { Edit } from '@core/document/edits'
import type { Problem } from '@core/result'
import { CARD_WIDTH } from './geometry'
import type { Numbered } from './model.svelte'
import type { Spot } from './place'

/** Something that takes up room on the canvas. */
export interface Box extends Spot {
  readonly width: number
  readonly height: number
}

/** A node that is missing, drawn dashed where it would go. */
export interface Ghost extends Box {
  readonly numbered: Numbered
  /** Type of the layer that is missing. */
  readonly type: string
}

/** The problems of one node, below it. */
export interface Callout extends Box {
  readonly key: string
  readonly problems: readonly Numbered[]
  /** Where the stalk starts. */
  readonly anchor: Spot
}

export const CALLOUT_WIDTH = 192
const STALK = 20
const GAP = 8

/** Nodes that a fix would add to the network: those get a ghost. */
export function ghostsOf(problems: readonly Numbered[], height: number): Ghost[] {
  return problems.flatMap((numbered) => {
    if (numbered.problem.nodeId !== undefined) return []
    const added = addedBy(numbered.problem.fix?.edit)
    return added
      ? [
          {
            numbered,
            type: added.type,
            ...added.position,
            width: CARD_WIDTH,
            height: Math.round(height * 0.6)
          }
        ]
      : []
  })
}

function addedBy(edit: Edit | undefined): Extract<Edit, { kind: 'addNode' }> | undefined {
  if (edit?.kind === 'addNode') return edit
  return edit?.kind === 'all' ? edit.edits.map(addedBy).find((e) => e !== undefined) : undefined
}

/** Roughly how high the words of some problems get; the real height is measured once they are drawn. */
export function guessHeight(problems: readonly { readonly problem: Problem }[]): number {
  return problems.reduce((sum, { problem }) => {
    const lines = Math.ceil(problem.message.length / 23)
    return sum + 20 + lines * 18 + (problem.fix ? 37 : 0)
  }, 0)
}

/**
 * Places each callout below its box, as high as it can be without touching a card or another callout. From left to
 * right, so that neighbours that are close step down like stairs.
 */
export function placeCallouts(
  wanted: readonly {
    readonly key: string
    readonly under: Box
    readonly problems: readonly Numbered[]
    readonly height: number
  }[],
  cards: readonly Box[]
): Callout[] {
  const placed: Callout[] = []
  for (const { key, under, problems, height } of wanted.toSorted((a, b) => a.under.x - b.under.x)) {
    const anchor = { x: under.x + under.width / 2, y: under.y + under.height }
    const box = { x: anchor.x - CALLOUT_WIDTH / 2, y: anchor.y + STALK, width: CALLOUT_WIDTH, height }
    const obstacles: Box[] = [...cards, ...placed]
    for (let hit = firstHit(box, obstacles); hit; hit = firstHit(box, obstacles))
      box.y = hit.y + hit.height + GAP
    placed.push({ key, problems, anchor, ...box })
  }
  return placed
}

const firstHit = (box: Box, obstacles: readonly Box[]): Box | undefined =>
  obstacles.find(
    (o) =>
      box.x < o.x + o.width + 4 &&
      o.x < box.x + box.width + 4 &&
      box.y < o.y + o.height + 4 &&
      o.y < box.y + box.height + 4
  )
