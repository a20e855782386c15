import { unchanged } from '@core/data/augmentation/draw'
import type { ProjectFiles } from '@core/data/files'
import type { Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { planSystem } from '@core/graph/plan'
import { fail, ok, type Result } from '@core/result'
import { carryOver, type CarriedNode, type CarriedState } from '@core/run/carry'
import { decodeCheckpoint, type NamedTensor } from '@core/run/checkpoint'
import { idleRun, reduceRun, type RunState } from '@core/run/state'
import { carriedNodes } from './carry'
import type { Model } from './model'

/**
 * What the project's network has learned, in the form in which it was last trained. Edits are carried over from
 * there and not from one another, so that taking an edit back loses nothing.
 */
export class Learned {
  private constructor(
    private readonly nodes: readonly CarriedNode[],
    private readonly state: readonly NamedTensor[],
    readonly epoch: number,
    readonly run: RunState,
    private readonly data: string
  ) {}

  static of({ plan, document, network, position, run }: Model): Learned {
    return new Learned(
      carriedNodes(plan, document),
      network.readState(),
      position.epoch,
      run,
      dataOf(document)
    )
  }

  /** What is in a checkpoint of this document. Problems where either cannot be read. */
  static from({
    document,
    files,
    checkpoint
  }: {
    readonly document: Document
    readonly files: ProjectFiles
    readonly checkpoint: Uint8Array
  }): Result<Learned> {
    const decoded = decodeCheckpoint(checkpoint)
    if (!decoded.ok) return decoded
    const derivation = derive(document, files)
    // A layer of another program stands in the way of training, and not of knowing what the others have learned.
    const inTheWay = derivation.problems.filter(({ code }) => code !== 'foreign-layer')
    if (inTheWay.length > 0) return fail(...inTheWay)
    const { epoch, history, tensors, run: runId } = decoded.value
    const run = reduceRun(idleRun, [
      { type: 'restored', epoch, history: [...history], ...(runId === undefined ? {} : { runId }) }
    ])
    const nodes = carriedNodes(planSystem(document, derivation), document)
    return ok(new Learned(nodes, tensors, epoch, run, dataOf(document)))
  }

  /** Does the other network see the same data? */
  sharesData({ document }: Model): boolean {
    return dataOf(document) === this.data
  }

  /** The state for another network; undefined where none of its layers is one of these. */
  for({ plan, document, network }: Model): CarriedState | undefined {
    const carried = carryOver(this.nodes, carriedNodes(plan, document), this.state, network.readState())
    return Object.values(carried.layers).some((how) => how !== 'fresh') ? carried : undefined
  }
}

const dataOf = ({ data }: Document): string => JSON.stringify(unchanged(data))
