import type { Dataset } from '@core/data/dataset'
import { unpackFloats } from '@core/export/base64'
import type { RawInput } from '@core/export/page/ask'
import type { PageCargo } from '@core/export/page/cargo'
import { unpackData } from '@core/export/page/data'
import { exampleFrom } from '@core/export/page/raw'
import { planSystem, type SystemPlan } from '@core/graph/plan'
import { sizeOf } from '@core/graph/signal'
import { ok, type Result } from '@core/result'
import type { NamedTensor } from '@core/run/checkpoint'
import { EagerNetwork, type EagerBackend } from '@trainer/engines/eager/network'
import { initialWeights } from '@trainer/initialWeights'

/** What a network says to one example. */
export interface Told {
  /** Shares of the classes, one row after the other where there are several answers; else the numbers. */
  readonly told: Float32Array
  /** What its last layer gives: [...prediction]. */
  readonly numbers: Float32Array
}

/** The network of a page, computed by the layers and the engine of the app itself. */
export class PageNetwork {
  readonly plan: SystemPlan
  readonly dataset: Dataset
  readonly network: EagerNetwork
  private readonly trained: readonly NamedTensor[]

  constructor(
    readonly cargo: PageCargo,
    backend: EagerBackend
  ) {
    const { document, derivation, data, weights } = cargo
    this.plan = planSystem(document, { ...derivation, problems: [] })
    const about = derivation.data!
    this.dataset = data ? unpackData(data, about) : withoutRows(about)
    this.network = new EagerNetwork(backend, this.plan, this.dataset, document)
    this.trained = this.plan.weights.map(({ name, spec: { shape } }) => ({
      ...{ name, shape },
      values: unpackFloats(weights[name]!)
    }))
    this.recall()
  }

  /** Back to what was learned before the page was made. */
  recall(): void {
    this.network.writeState(this.trained)
  }

  /** To the weights that the training began with. */
  forget(): void {
    this.network.writeState(initialWeights(this.plan.weights, this.cargo.document.training.seed))
  }

  /** The answer to what a person made, or what is wrong with that. */
  ask(raw: RawInput): Result<Told> {
    const example = exampleFrom(this.cargo.ask, raw)
    if (!example.ok) return example
    const { main } = this.plan
    const node = main.sink.inputs['prediction']!.node
    const all = this.network.activations({ points: example.value, unitLimit: sizeOf(main.prediction) })
    return ok({ told: this.network.answers(example.value), numbers: all[node]!.values })
  }

  /** What the network would read of it; undefined where that cannot be. */
  read(raw: RawInput): Float32Array | undefined {
    const example = exampleFrom(this.cargo.ask, raw)
    return example.ok ? example.value : undefined
  }

  /** Answers to many examples as the network takes them: shares of the classes, or numbers. */
  answers(x: Float32Array): Float32Array {
    return this.network.answers(x)
  }
}

function withoutRows({
  features,
  classes,
  shape,
  target
}: NonNullable<PageCargo['derivation']['data']>): Dataset {
  const none = new Int32Array()
  return {
    ...{ features, classes, shape, target },
    ...{ x: new Float32Array(), y: none, scale: 1, rows: 0 },
    parts: { train: none, validation: none, test: none }
  }
}
