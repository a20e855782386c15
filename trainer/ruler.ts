import type { Dataset, PartName } from '@core/data/dataset'
import { sizeOf } from '@core/graph/signal'
import { metrics } from '@core/registry'
import type { CompiledNetwork } from './engines/engine'
import { gatherTargets } from './engines/step/gather'

/** Measures metrics of a network on a part of its data; the right answers are gathered once. */
export class Ruler {
  private readonly targets = new Map<PartName, Float32Array>()

  /** The named metrics that have a meaning for these answers, by type. */
  measure(
    network: Pick<CompiledNetwork, 'predict'>,
    dataset: Dataset,
    part: PartName,
    names: readonly string[]
  ): { [type: string]: number } {
    const answers = dataset.target.classes === undefined ? 'numbers' : 'classes'
    const fitting = names.filter((name) => Object.hasOwn(metrics, name) && metrics[name]!.answers === answers)
    if (fitting.length === 0) return {}
    const prediction = network.predict(part)
    const outputs = dataset.target.classes ?? sizeOf(dataset.target.shape)
    const input = {
      prediction,
      target: this.targetOf(dataset, part, outputs),
      rows: prediction.length / outputs,
      outputs
    }
    return Object.fromEntries(fitting.map((name) => [name, metrics[name]!.measure(input)]))
  }

  private targetOf(dataset: Dataset, part: PartName, outputs: number): Float32Array {
    let target = this.targets.get(part)
    if (!target) this.targets.set(part, (target = gatherTargets(dataset, dataset.parts[part], outputs)))
    return target
  }
}
