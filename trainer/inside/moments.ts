import type { Dataset } from '@core/data/dataset'
import { derive } from '@core/graph/derive'
import { multiplications } from '@core/graph/multiplications'
import { sizeOf } from '@core/graph/signal'
import { IdleCount, rms, type LayerFacts, type Moment, type Neurons } from '@core/inside/facts'
import { countTensInto, TEN_BINS } from '@core/inside/spread'
import { activations, layers } from '@core/registry'
import type { Part } from '@core/registry/fields'
import type { NamedTensor } from '@core/run/checkpoint'
import { spread } from '../answers/sheet'
import { chooseEngine } from '../engines/choose'
import type { GradientMeter } from '../engines/engine'
import { configsOf, type PlannedNode } from '@core/graph/plan'
import { gatherExamples } from '../engines/step/gather'
import type { Model } from '../model'
import type { SeenWeights } from '../views/turns'

/** Multiplications of one look, so that it takes some tens of milliseconds at most, and examples in these bounds. */
const GRADIENT_COST = 1e8
const GRADIENT_ROWS = { least: 8, most: 256 }
const NEURON_COST = 4e9
const NEURON_ROWS = { least: 64, most: 500 }
/** Numbers that a slice of answers may hold. */
const SLICE_NUMBERS = 1 << 20

/** The gradient of a weight at one moment. */
export interface GradientFacts {
  readonly size: number
  /** Share of it that is 0. */
  readonly zero: number
  /** By powers of ten: see `countTensInto`. */
  readonly histogram: Int32Array
}

interface Slopes {
  readonly loss: number
  /** By full name. */
  readonly weights: ReadonlyMap<string, GradientFacts>
  readonly layers: ReadonlyMap<string, LayerFacts>
}

/**
 * What a network is like at moments of its training, measured when it is asked for and remembered as long as the weights
 * of the moment are. The rows are always the same, so that moments can be compared.
 */
export class Moments {
  private readonly slopes = new WeakMap<readonly NamedTensor[], Slopes>()
  private readonly neurons = new WeakMap<readonly NamedTensor[], ReadonlyMap<string, Neurons>>()
  /** Rows that gradients are measured on; none where answers are not compared with right ones. */
  readonly gradientRows: Int32Array<ArrayBuffer>
  private readonly neuronRows: Int32Array<ArrayBuffer>

  private constructor(
    private readonly model: Model,
    /** Undefined where this way of learning has no gradients to measure. */
    readonly meter: GradientMeter | undefined
  ) {
    const { document, files, dataset, plan } = model
    const cost = Math.max(1, multiplications(derive(document, files)))
    const rows = (most: number, bounds: { least: number; most: number }): number =>
      Math.max(bounds.least, Math.min(bounds.most, Math.floor(most / cost)))
    this.gradientRows = meter ? trainRows(dataset, rows(GRADIENT_COST, GRADIENT_ROWS)) : new Int32Array()
    this.neuronRows = plan.scheme.compares
      ? trainRows(dataset, rows(NEURON_COST, NEURON_ROWS))
      : new Int32Array()
  }

  static async of(model: Model): Promise<Moments> {
    const { plan, document, dataset } = model
    if (!plan.scheme.compares || plan.trained.length === 0) return new Moments(model, undefined)
    const { meter } = await chooseEngine('auto')
    return new Moments(model, meter?.(plan, document, dataset))
  }

  /** Is its gradient known, so that asking for it costs nothing? */
  knows({ weights }: SeenWeights): boolean {
    return this.slopes.has(weights)
  }

  /** Gradients at a moment; undefined where this way of learning has none to measure. */
  gradientsAt({ weights }: SeenWeights): Slopes | undefined {
    if (!this.meter) return undefined
    const known = this.slopes.get(weights)
    if (known) return known
    const { model, gradientRows } = this
    const measured = this.meter.measure(gradientRows, weights, model.document)
    const values = new Map(weights.map((w) => [w.name, w.values as Float32Array]))
    const layers = new Map<string, LayerFacts>()
    for (const { id, shape, weights: own } of model.plan.main.nodes) {
      // Biases are single numbers that often start at 0; of a table, a batch uses a few rows.
      const kernels = own.filter(({ name }) => name.endsWith('kernel') && measured.weights.has(name))
      const answers = measured.answers.get(id)
      if (kernels.length === 0) continue
      layers.set(id, {
        ...(answers && { signal: signalOf(answers, shape) }),
        gradient: rms(...kernels.map(({ name }) => measured.weights.get(name)!)),
        weight: rms(...kernels.map(({ name }) => values.get(name)!))
      })
    }
    const ofWeights = new Map([...measured.weights].map(([name, slopes]) => [name, factsOf(slopes)]))
    const found = { loss: measured.loss, layers, weights: ofWeights }
    this.slopes.set(weights, found)
    return found
  }

  /**
   * Which neurons are idle at a moment, counted slice by slice: each call of the iterator is one slice. What is known
   * already takes none.
   */
  *neuronsAt({ weights }: SeenWeights): Generator<void, ReadonlyMap<string, Neurons>> {
    const known = this.neurons.get(weights)
    if (known) return known
    const { model, neuronRows } = this
    const { network, dataset } = model
    const counts = new Map(bentNodes(model).map(([node, counter]) => [node.id, counter]))
    const widest = model.plan.main.nodes.reduce((sum, { units }) => sum + units, 0)
    const size = Math.max(1, Math.min(neuronRows.length, Math.floor(SLICE_NUMBERS / widest)))
    let seen = 0
    while (counts.size > 0 && seen < neuronRows.length) {
      const rows = neuronRows.subarray(seen, seen + size)
      const points = gatherExamples(dataset, rows)
      const answers = network.activations({ points, unitLimit: Infinity, weights })
      for (const [id, counter] of counts) counter.add(answers[id]!.values, rows.length)
      seen += rows.length
      const open = [...counts.values()].some((counter) => counter.undecided(seen, neuronRows.length))
      if (!open) break
      if (seen < neuronRows.length) yield
    }
    const found = new Map([...counts].map(([id, counter]) => [id, counter.result(seen)]))
    this.neurons.set(weights, found)
    return found
  }

  /** All there is to say about a moment. */
  moment(seen: SeenWeights, neurons: ReadonlyMap<string, Neurons>): Moment {
    const slopes = this.gradientsAt(seen)
    const layers = new Map<string, LayerFacts>()
    for (const { id } of this.model.plan.nodes) {
      const own = neurons.get(id)
      const facts = { ...slopes?.layers.get(id), ...(own && { neurons: own }) }
      if (Object.keys(facts).length > 0) layers.set(id, facts)
    }
    return { epoch: seen.epoch, layers, ...(slopes && { loss: slopes.loss }) }
  }
}

function trainRows({ parts }: Dataset, most: number): Int32Array<ArrayBuffer> {
  return spread(parts.train.length, most).map((i) => parts.train[i]!)
}

/**
 * Size of slopes [examples, …places, neurons] for a single neuron: their root mean square, where places of one neuron
 * are added up as squares, because its weights get the slopes of all of them.
 */
export function signalOf(slopes: Float32Array, shape: readonly number[]): number {
  return rms(slopes) * Math.sqrt(sizeOf(shape.slice(0, -1)))
}

function factsOf(gradient: Float32Array): GradientFacts {
  const histogram = new Int32Array(TEN_BINS)
  countTensInto(histogram, gradient)
  const zeros = gradient.reduce((sum, v) => sum + (v === 0 ? 1 : 0), 0)
  return { size: rms(gradient), zero: zeros / Math.max(1, gradient.length), histogram }
}

/** Nodes whose answers are bent by what may have no slope, with what counts their idle neurons; not the last one, which has to be sure. */
function bentNodes({ plan, document }: Model): (readonly [PlannedNode, IdleCount])[] {
  const configs = configsOf(plan, document)
  const last = plan.main.sink.inputs['prediction']?.node
  return plan.main.nodes.flatMap((node) => {
    const config = configs[node.id]!
    const field = layers[node.layer.type]!.fields['activation']
    // The answers of a cell with gates are products, not what the activation gives.
    if (field?.kind !== 'part' || 'recurrentActivation' in config || node.id === last) return []
    const { flat, range } = activations[(config['activation'] as Part).type]!
    return flat ? [[node, new IdleCount(flat, range, node.shape.at(-1) ?? 1)] as const] : []
  })
}
