import { unchanged } from '@core/data/augmentation/draw'
import type { Dataset } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import { isSameFile, type ProjectFiles } from '@core/data/files'
import { thinned } from '@core/data/sample'
import { derive, type Derivation } from '@core/graph/derive'
import { fail, ok, type Result } from '@core/result'
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint, type NamedTensor } from '@core/run/checkpoint'
import type { EpochPoint, RunEvent } from '@core/run/events'
import { idleRun, judged, reduceRun, type RunState } from '@core/run/state'
import { structureKey } from '@core/run/structure'
import type { CarriedState } from '@core/run/carry'
import { engineFor } from './engines/choose'
import type { CompiledNetwork } from './engines/engine'
import { planSystem, type SystemPlan } from '@core/graph/plan'
import { initialWeights } from './initialWeights'
import type { Learned } from './learned'
import { Batches } from './batches'
import { readDataset } from './data/datasets'
import type { Best } from './loop'
import { Snapshots } from './snapshots'

/** Events that wait to be added up, at most. */
const MOST_PENDING = 2000

/** A compiled network, its data, and how far it has come. */
export class Model {
  /** `structureKey` of its document. */
  readonly structure: string
  readonly stepsPerEpoch: number
  readonly snapshots: Snapshots
  /** What pictures are made of: not every row of a large table. */
  readonly shown: Dataset
  private known: RunState = idleRun
  /** Events since then: they are many, and few look at what they come to. */
  private pending: RunEvent[] = []
  /** Epochs done and updates made. */
  position = { epoch: 0, step: 0 }
  /** The step at which it took over what another network had learned. */
  private carriedAt: number | undefined

  private constructor(
    public document: Document,
    readonly files: ProjectFiles,
    readonly plan: SystemPlan,
    readonly dataset: Dataset,
    readonly network: CompiledNetwork
  ) {
    this.structure = structureKey(document)
    this.shown = thinned(dataset)
    this.stepsPerEpoch = new Batches(document, dataset).perEpoch
    this.snapshots = new Snapshots(network.parameters)
  }

  /**
   * Compiles a document with the engine it asks for. Problems where it cannot be trained. Data that another network
   * has already is not made again.
   */
  static async compile(document: Document, files: ProjectFiles, other?: Model): Promise<Result<Model>> {
    const derivation = derivable(document, files)
    if (!derivation.ok) return derivation
    const engine = await engineFor(document, derivation.value)
    if (!engine.ok) return engine
    const dataset = other?.hasData(document, files)
      ? ok(other.dataset)
      : await readDataset(document.data, files)
    if (!dataset.ok) return dataset
    const plan = planSystem(document, derivation.value)
    const network = await engine.value.compile(document, derivation.value, dataset.value)
    return ok(new Model(document, files, plan, dataset.value, network))
  }

  /** Is this the same network on the same data, hot settings aside? */
  fits(document: Document, files: ProjectFiles): boolean {
    return structureKey(document) === this.structure && this.hasFiles(files)
  }

  /** Is this the data that the document asks for? */
  private hasData({ data }: Document, files: ProjectFiles): boolean {
    const known = unchanged(this.document.data)
    return JSON.stringify(unchanged(data)) === JSON.stringify(known) && this.hasFiles(files)
  }

  private hasFiles(files: ProjectFiles): boolean {
    const names = new Set([...Object.keys(files), ...Object.keys(this.files)])
    return [...names].every((name) => isSameFile(files[name], this.files[name]))
  }

  /** The run as its events tell it. */
  get run(): RunState {
    this.fold()
    return this.known
  }
  set run(run: RunState) {
    this.known = run
    this.pending = []
  }

  note(event: RunEvent): void {
    this.pending.push(event)
    if (this.pending.length >= MOST_PENDING) this.fold()
  }

  private fold(): void {
    this.known = reduceRun(this.known, this.pending)
    this.pending = []
  }

  get trained(): boolean {
    return this.position.step > 0
  }

  /** Has it learned something that the network before it had not? */
  get hasLearned(): boolean {
    return this.position.step > (this.carriedAt ?? 0)
  }

  /** Takes over what another network has learned, as far as it fits; undefined where nothing does. */
  carry(learned: Learned): CarriedState['layers'] | undefined {
    const carried = learned.for(this)
    if (!carried) return undefined
    this.network.writeState(carried.state)
    this.moveTo(learned.epoch)
    this.carriedAt = this.position.step
    this.run = learned.run
    return carried.layers
  }

  /**
   * The layer that blew up: once a loss is no number, one update makes every weight no number, so it is the one whose
   * weights were the largest in the last state that still had numbers.
   */
  blame(): string | undefined {
    const largest = this.plan.weights.map(({ name, nodeId }) => {
      const values =
        this.snapshots.newest()?.weights.find((w) => w.name === name)?.values ?? new Float32Array()
      return { nodeId, size: values.reduce((most, v) => Math.max(most, Math.abs(v)), 0) }
    })
    return largest.sort((a, b) => b.size - a.size)[0]?.nodeId
  }

  /** For early stopping to go on where it was. */
  get best(): Best | undefined {
    const { best } = this.run
    return best && asBest(best)
  }

  /** Keeps an epoch's weights where they are the best so far, or have a place among the snapshots. */
  keep(epoch: number, isBest: boolean): void {
    const { network, snapshots } = this
    if (isBest) {
      const state = network.readState()
      const isWeight = ({ name }: NamedTensor): boolean => this.plan.weights.some((w) => w.name === name)
      const memory = state.filter((tensor) => !isWeight(tensor))
      snapshots.add({ epoch, weights: state.filter(isWeight), memory }, true)
    } else if (snapshots.wants(epoch)) snapshots.add({ epoch, weights: network.weights() }, false)
  }

  /**
   * Puts another number in the place of one of a weight's; what the optimizer remembers stays. False where there is no
   * such number: the weight is of another network, or not so long.
   */
  setWeight(change: {
    readonly nodeId: string
    readonly name: string
    readonly index: number
    readonly value: number
  }): boolean {
    const name = `${change.nodeId}/${change.name}`
    if (!this.plan.weights.some((w) => w.name === name)) return false
    const state = this.network.readState()
    const weight = state.find((tensor) => tensor.name === name)!
    if (change.index >= weight.values.length) return false
    const values = weight.values.slice()
    values[change.index] = change.value
    this.network.writeState(state.map((tensor) => (tensor === weight ? { ...tensor, values } : tensor)))
    return true
  }

  /** Stands after this epoch: the weights of that time have been put back. */
  moveTo(epoch: number): void {
    this.position = { epoch, step: epoch * this.stepsPerEpoch }
  }

  /** Back to the weights that the seed gives. */
  reset(): void {
    this.network.writeState(initialWeights(this.plan.weights, this.document.training.seed))
    this.forget()
  }

  /** Goes to the state in these bytes; nothing is changed where they do not fit. */
  load(bytes: Uint8Array): Result<void> {
    const decoded = decodeCheckpoint(bytes)
    return decoded.ok ? this.adopt(decoded.value) : decoded
  }

  /** Goes to this state; nothing is changed where it does not fit. */
  adopt(checkpoint: Checkpoint): Result<void> {
    const given = new Map(checkpoint.tensors.map((t) => [t.name, t]))
    const fits = this.plan.weights.every(
      ({ name, spec }) => given.get(name)?.shape.join() === spec.shape.join()
    )
    if (checkpoint.structure !== this.structure || !fits)
      return fail({
        code: 'other-network',
        message: 'The saved training state belongs to another version of this network.',
        detail: 'Train again from the start.'
      })
    this.network.writeState(checkpoint.tensors)
    this.forget()
    this.position = { epoch: checkpoint.epoch, step: checkpoint.step }
    const { epoch, history } = checkpoint
    const { run } = checkpoint
    this.run = reduceRun(idleRun, [
      { type: 'restored', epoch, history: [...history], ...(run === undefined ? {} : { runId: run }) }
    ])
    return ok(undefined)
  }

  /** The present state as bytes; or the weights of the kept epoch that is nearest to this one, and no more than they. */
  capture(epoch?: number): Uint8Array {
    const kept = epoch === undefined ? undefined : this.snapshots.nearest(epoch)
    if (!kept) return encodeCheckpoint(this.checkpoint())
    const { structure, stepsPerEpoch } = this
    const step = kept.epoch * stepsPerEpoch
    return encodeCheckpoint({ structure, epoch: kept.epoch, step, history: [], tensors: kept.weights })
  }

  checkpoint(): Checkpoint {
    return {
      structure: this.structure,
      run: this.run.runId,
      ...this.position,
      history: this.run.history,
      tensors: this.network.readState()
    }
  }

  /** The state of the best epoch of the run, where it is still known. */
  bestCheckpoint(): Checkpoint | undefined {
    const best = this.snapshots.ofBest
    if (!best) return undefined
    const { epoch, weights, memory = [] } = best
    return {
      structure: this.structure,
      run: this.run.runId,
      epoch,
      step: epoch * this.stepsPerEpoch,
      history: this.run.history.filter((p) => p.epoch <= epoch),
      tensors: [...weights, ...memory]
    }
  }

  private forget(): void {
    this.position = { epoch: 0, step: 0 }
    this.run = idleRun
    this.snapshots.clear()
    this.carriedAt = undefined
  }
}

/** The derivation of a document that can be trained; all its problems otherwise. */
export function derivable(document: Document, files: ProjectFiles): Result<Derivation> {
  const derivation = derive(document, files)
  return derivation.problems.length > 0 ? fail(...derivation.problems) : ok(derivation)
}

/** An epoch as early stopping compares it. */
export function asBest(point: EpochPoint): Best {
  return { epoch: point.epoch, loss: judged(point) }
}
