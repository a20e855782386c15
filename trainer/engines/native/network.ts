import { augmentationOf } from '@core/data/augmentation/draw'
import type { Dataset, PartName } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import { sizeOf } from '@core/graph/signal'
import { optimizers } from '@core/registry'
import type { Ops } from '@core/registry/define'
import type { NamedTensor } from '@core/run/checkpoint'
import type { EngineInfo } from '@core/run/events'
import { breathe } from '../../alarm'
import { batchRows } from '../../batches'
import { initialWeights } from '../../initialWeights'
import { passRows } from '../eager/parts'
import type { ActivationRequest, Activations, CompiledNetwork, Score, TrainRequest } from '../engine'
import { configsOf, type NetworkPlan, type SystemPlan } from '@core/graph/plan'
import { Knobs } from '../step/knobs'
import { Objective } from '../step/objective'
import { phaseOf } from '../step/trainStep'
import { Updates } from '../step/updates'
import { DType } from '@core/export/tensorflow/graph'
import { buildNetwork, type BuiltNetwork } from './build'
import { SettledRows } from './settledRows'
import { MOST_STEPS, TOLD } from './steps'

/** What a step of training is, so that it is the same graph for another document. */
interface Source {
  readonly info: EngineInfo
  readonly ops: Ops
  readonly plan: SystemPlan
  readonly dataset: Dataset
  /** Does an update take about as little as the call for it? */
  readonly light: boolean
}

/** A network whose steps are native graphs: one call into TensorFlow for a whole update. */
export class NativeNetwork implements CompiledNetwork {
  readonly engine: EngineInfo
  readonly parameters: number
  readonly evaluates: boolean
  readonly evaluateRows: number
  private readonly objective: Objective
  private knobs: Knobs
  private readonly updates: Updates
  /** Sizes of batches that there are programs for. */
  private sizes: readonly number[]
  private readonly answerRows: number
  /** Do the training programs get examples, in the place of those of the data set? */
  private fed: boolean
  /** The rows of a part that is trained on whole, kept as a tensor. */
  private kept: { readonly rows: Int32Array; readonly id: number } | undefined
  private readonly settledRows: SettledRows
  private knobTensor: { readonly values: Float32Array; readonly id: number } | undefined

  private built!: BuiltNetwork

  private constructor(
    private readonly source: Source,
    private document: Document
  ) {
    const { info, ops, plan, dataset } = source
    this.engine = info
    this.parameters = plan.weights.reduce((n, w) => n + sizeOf(w.spec.shape), 0)
    this.objective = new Objective(plan, ops, document, dataset)
    this.evaluates = plan.scheme.compares || plan.scheme.measure !== undefined
    this.updates = new Updates(plan.scheme)
    this.sizes = batchSizes(document, dataset)
    const most = passRows(plan.main.source.shape, Math.max(...plan.nodes.map(({ units }) => units)))
    const longest = Math.max(...Object.values(dataset.parts).map((part) => part.length))
    this.evaluateRows = Math.min(most, longest)
    // Who writes asks for one answer after the other, and waits for each.
    const rows = dataset.symbols || dataset.tokens !== undefined ? 8 : plan.main.source.units <= 2 ? 2048 : 64
    this.answerRows = Math.min(most, rows)
    this.fed = augmentationOf(document.data, dataset) !== undefined
    this.knobs = new Knobs(plan, document)
    this.settledRows = new SettledRows(dataset.rows)
  }

  /** Compiles a network, and gives others their turn between its programs: another one may be training meanwhile. */
  static async compile(source: Source, document: Document): Promise<NativeNetwork> {
    const network = new NativeNetwork(source, document)
    const work = network.build()
    let step = work.next()
    for (; !step.done; step = work.next()) await breathe()
    network.built = step.value
    network.writeState(initialWeights(source.plan.weights, document.training.seed))
    return network
  }

  configure(document: Document): void {
    this.document = document
    if (!this.knobs.fits(this.source.plan, document)) this.rebuild()
  }

  train({ first, batches, examples, factors }: TrainRequest): Score[] {
    const scores: Score[] = []
    for (let from = 0; from < batches.length;) {
      const rows = batches[from] ?? this.source.dataset.parts.train
      this.fitTo(rows.length, examples !== undefined)
      if (!this.several) scores.push(this.step(batches[from], examples?.[from], first + from, factors[from]!))
      else {
        const to = endOfRun(batches, from, MOST_STEPS)
        scores.push(...this.steps(batches.slice(from, to), first + from, factors.slice(from, to)))
      }
      from = scores.length
    }
    return scores
  }

  evaluate(part: PartName, most?: number): Score {
    const rows = this.source.dataset.parts[part].subarray(0, most)
    const { positions } = this.objective
    let lossSum = 0
    let hits = 0
    let penalty = 0
    const { counts } = this.objective
    let counted = 0
    this.eachPass(rows, ['losses', 'right', 'penalty', 'counted'], ([losses, right, terms, some], count) => {
      for (let i = 0; i < count * positions; i++) {
        lossSum += losses![i]!
        if (counts) hits += right![i]!
        if (some!.length > 1) counted += some![i]!
      }
      penalty = terms![0]!
    })
    const right = counts ? hits : undefined
    return this.objective.score({ loss: lossSum, right, counted, penalty, examples: rows.length })
  }

  predict(part: PartName): Float32Array {
    const rows = this.source.dataset.parts[part]
    let found: Float32Array | undefined
    let at = 0
    this.eachPass(rows, ['told'], ([told], count) => {
      const width = told!.length / this.evaluateRows
      found ??= new Float32Array(rows.length * width)
      found.set((told as Float32Array).subarray(0, count * width), at)
      at += count * width
    })
    return found ?? new Float32Array()
  }

  activations({ points, unitLimit, weights, network }: ActivationRequest): { [nodeId: string]: Activations } {
    const plan = network === undefined ? this.source.plan.main : this.source.plan.networks[network]!
    const nodes = plan.nodes.filter(({ layer, id }) => layer.forward !== undefined || id === plan.source.id)
    const count = points.length / plan.source.units
    const answers = Object.fromEntries(
      nodes.map(({ id, units }): [string, Activations & { values: Float32Array }] => {
        const shown = Math.min(unitLimit, units)
        return [id, { units: shown, values: new Float32Array(count * shown) }]
      })
    )
    this.eachAnswer(
      plan,
      points,
      nodes.map(({ id }) => `nodes/${id}`),
      weights,
      (values, from, rows) => {
        for (const [n, { id, units }] of nodes.entries()) {
          const answer = answers[id]!
          const given = values[n]!
          for (let unit = 0; unit < answer.units; unit++)
            for (let row = 0; row < rows; row++)
              answer.values[unit * count + from + row] = given[row * units + unit]!
        }
      }
    )
    return answers
  }

  answers(points: Float32Array, weights?: readonly NamedTensor[]): Float32Array {
    const { main } = this.source.plan
    const count = points.length / main.source.units
    let found: Float32Array | undefined
    this.eachAnswer(main, points, ['told'], weights, ([values], from, rows) => {
      const width = values!.length / this.answerRows
      found ??= new Float32Array(count * width)
      found.set((values as Float32Array).subarray(0, rows * width), from * width)
    })
    return found ?? new Float32Array()
  }

  weights(): readonly NamedTensor[] {
    const { plan } = this.source
    return this.built.read(plan.weights.map(({ name }) => name))
  }

  readState(): readonly NamedTensor[] {
    const { plan } = this.source
    const slots = plan.trained.flatMap(({ name }) => this.slotNames().map((slot) => `${name}/${slot}`))
    return [...this.built.read([...plan.weights.map(({ name }) => name), ...slots]), this.updates.read()]
  }

  writeState(state: readonly NamedTensor[]): void {
    const { plan } = this.source
    const { type, config } = this.document.training.optimizer
    const starts = Object.entries(optimizers[type]!.slots(config))
    const given = new Map(state.map((t) => [t.name, t]))
    const weights = plan.weights.flatMap(({ name }) => given.get(name) ?? [])
    const slots = plan.trained.flatMap(({ name, spec: { shape } }) =>
      starts.map(([slot, start]): NamedTensor => {
        const full = `${name}/${slot}`
        return given.get(full) ?? { name: full, shape, values: new Float32Array(sizeOf(shape)).fill(start) }
      })
    )
    this.built.write([...weights, ...slots])
    this.settledRows.forget()
    this.updates.write(state)
  }

  dispose(): void {
    this.release()
    this.built.dispose()
  }

  private step(
    rows: Int32Array | undefined,
    examples: Float32Array | undefined,
    index: number,
    factor: number
  ): Score {
    const { parts, shape } = this.source.dataset
    const batch = rows ?? parts.train
    const { session } = this.built
    this.settle(batch)
    const own = rows && session.tensor(DType.int32, [rows.length], rows.slice())
    const step = session.tensor(DType.int32, [], Int32Array.of(index))
    const shown = examples && session.tensor(DType.float, [batch.length, ...shape], examples)
    const { plan } = this.source
    const phase = phaseOf(plan, this.document, index)
    const [scores] = session.run(this.built.training(phase, batch.length), [
      own ?? this.keep(batch),
      this.knobsFor(this.updates.next(phase), factor),
      step,
      ...(shown === undefined ? [] : [shown])
    ])
    session.delete(step, ...[own, shown].filter((tensor) => tensor !== undefined))
    return {
      ...this.scored(scores as unknown as readonly number[], batch.length),
      ...(plan.scheme.phases.length > 1 ? { phase: phase.id } : {})
    }
  }

  /** Several updates in one call, from batches of one size. */
  private steps(
    batches: readonly (Int32Array | undefined)[],
    first: number,
    factors: readonly number[]
  ): Score[] {
    const { plan, dataset } = this.source
    const { session } = this.built
    const phase = phaseOf(plan, this.document, first)
    const all = batches.map((rows) => rows ?? dataset.parts.train)
    const size = all[0]!.length
    const rows = new Int32Array(all.length * size)
    for (const [i, batch] of all.entries()) rows.set(batch, i * size)
    this.settle(rows)
    const { length } = this.knobs.names
    const knobs = new Float32Array(all.length * length)
    for (const [i, factor] of factors.entries())
      knobs.set(this.knobs.values(this.document, this.updates.next(phase), factor), i * length)
    const fed = [
      session.tensor(DType.int32, [all.length, size], rows),
      session.tensor(DType.float, [all.length, length], knobs),
      session.tensor(DType.int32, [], Int32Array.of(first)),
      session.tensor(DType.int32, [], Int32Array.of(all.length))
    ]
    const [told] = session.run(this.built.training(phase, size), fed)
    session.delete(...fed)
    return all.map((_, i) => this.scored((told as Float32Array).subarray(i * TOLD, (i + 1) * TOLD), size))
  }

  /** Programs for batches of this size, and for examples that are fed where they are. */
  private fitTo(size: number, fed: boolean): void {
    if (this.sizes.includes(size) && fed === this.fed) return
    this.sizes = [...new Set([...this.sizes, size])]
    this.fed = fed
    this.rebuild()
  }

  private scored(told: ArrayLike<number>, examples: number): Score {
    const { objective } = this
    const [loss, right, penalty] = Array.from(told) as [number, number, number]
    return {
      loss: objective.reported(loss, penalty, examples),
      accuracy: objective.counts ? right / (examples * objective.positions) : undefined
    }
  }

  /** Does a call make several updates? Examples that are fed, and phases that take turns, come one by one. */
  private get several(): boolean {
    const { plan, light } = this.source
    return light && !this.fed && plan.scheme.phases.length === 1
  }

  /** Rows in passes of one size; the last one is filled up with its own first row, which then does not count. */
  private eachPass(
    rows: Int32Array,
    outputs: readonly string[],
    use: (values: ReturnType<BuiltNetwork['session']['run']>, count: number) => void
  ): void {
    const { session } = this.built
    const size = this.evaluateRows
    for (let from = 0; from < rows.length; from += size) {
      const pass = new Int32Array(size).fill(rows[from]!)
      const part = rows.subarray(from, from + size)
      pass.set(part)
      this.settle(part)
      const id = session.tensor(DType.int32, [size], pass)
      use(session.run(this.built.evaluation(outputs), [id, this.knobsFor(1, 1)]), part.length)
      session.delete(id)
    }
  }

  /** Has the settled layers answer to rows they have not seen yet. */
  private settle(rows: Int32Array): void {
    const { session, settle } = this.built
    if (!settle) return
    const missing = this.settledRows.take(rows)
    const size = this.evaluateRows
    for (let from = 0; from < missing.length; from += size) {
      const pass = new Int32Array(size).fill(missing[from]!)
      pass.set(missing.subarray(from, from + size))
      const id = session.tensor(DType.int32, [size], pass)
      session.run(settle, [id, this.knobsFor(1, 1)])
      session.delete(id)
    }
  }

  private eachAnswer(
    network: NetworkPlan,
    points: Float32Array,
    outputs: readonly string[],
    weights: readonly NamedTensor[] | undefined,
    use: (values: ReturnType<BuiltNetwork['session']['run']>, from: number, count: number) => void
  ): void {
    const { session } = this.built
    const { units, shape } = network.source
    const size = this.answerRows
    const others = (weights ?? []).map((w) => session.tensor(DType.float, w.shape, w.values.slice()))
    const call = this.built.answers(network, outputs, weights?.map(({ name }) => name) ?? [])
    const count = points.length / units
    for (let from = 0; from < count; from += size) {
      const part = points.subarray(from * units, (from + size) * units)
      const x = new Float32Array(size * units)
      x.set(part)
      const id = session.tensor(DType.float, [size, ...shape], x)
      use(session.run(call, [id, this.knobsFor(1, 1), ...others]), from, part.length / units)
      session.delete(id)
    }
    session.delete(...others)
  }

  private knobsFor(update: number, factor: number): number {
    const values = this.knobs.values(this.document, update, factor)
    const { knobTensor } = this
    if (knobTensor && values.every((v, i) => Object.is(v, knobTensor.values[i]))) return knobTensor.id
    if (knobTensor) this.built.session.delete(knobTensor.id)
    const id = this.built.session.tensor(DType.float, [values.length], values)
    this.knobTensor = { values, id }
    return id
  }

  private keep(rows: Int32Array): number {
    if (this.kept?.rows !== rows) {
      if (this.kept) this.built.session.delete(this.kept.id)
      this.kept = { rows, id: this.built.session.tensor(DType.int32, [rows.length], rows.slice()) }
    }
    return this.kept.id
  }

  private release(): void {
    for (const held of [this.kept, this.knobTensor]) if (held) this.built.session.delete(held.id)
    this.kept = undefined
    this.knobTensor = undefined
  }

  /** A new graph, with the state of the old one. */
  private rebuild(): void {
    const state = this.readState()
    const before = this.built
    this.release()
    this.knobs = new Knobs(this.source.plan, this.document)
    this.built = toEnd(this.build())
    this.writeState(state)
    before.dispose()
  }

  private build(): Generator<void, BuiltNetwork> {
    const { plan, ops, dataset } = this.source
    const { document, knobs, sizes, evaluateRows, answerRows, fed, several } = this
    const configs = configsOf(plan, document)
    return buildNetwork(
      { plan, ops, dataset, document, knobs, configs },
      { sizes, evaluateRows, answerRows, fed, several }
    )
  }

  private slotNames(): string[] {
    const { type, config } = this.document.training.optimizer
    return Object.keys(optimizers[type]!.slots(config))
  }
}

function toEnd<T>(work: Generator<void, T>): T {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

/** Where the batches end that are as large as the first of them, after so many at most. */
function endOfRun(batches: TrainRequest['batches'], from: number, most: number): number {
  let to = from + 1
  while (to < batches.length && to - from < most && batches[to]?.length === batches[from]?.length) to++
  return to
}

/** A batch, and what is left over for the last one. */
function batchSizes(document: Document, { parts }: Dataset): number[] {
  const rows = parts.train.length
  const size = batchRows(document, rows)
  return rows % size === 0 ? [size] : [size, rows % size]
}
