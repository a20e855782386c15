import { makeDataset, type Dataset } from '@core/data/dataset'
import { derive } from '@core/graph/derive'
import { sources } from '@core/registry'
import type { Problem, Result } from '@core/result'
import type { NamedTensor } from '@core/run/checkpoint'
import { Batches } from '../batches'
import { readLibrary } from '../data/library'
import { chooseEngine, type EngineChoice } from '../engines/choose'
import type { CompiledNetwork, Score } from '../engines/engine'
import { benchProject, lastLayer } from './project'
import type { Workload } from './workload'

/** Steps in one call where a workload does not say. */
const STEPS_PER_CALL = 1000
const GRID = 100
/** Sums that are checked in the end. */
const CHECKED_SUMS = 100

/** A workload's network on one engine. */
export class Contestant {
  private step = 0
  private readonly start: readonly NamedTensor[]
  private readonly grid = gridPoints()

  private constructor(
    private readonly workload: Workload,
    private readonly network: CompiledNetwork,
    private readonly dataset: Dataset,
    private readonly batches: Batches,
    /** Milliseconds that compiling and the first step took, with the engine running and the data read. */
    readonly openMs: number
  ) {
    this.start = network.readState()
  }

  /** Compiles it and makes one step. Throws where this engine cannot. */
  static async open(workload: Workload, engineName: EngineChoice): Promise<Contestant> {
    const document = benchProject(workload)
    const derivation = derive(document, {})
    refuse(derivation.problems)
    const engine = await chooseEngine(engineName)
    if (engine.info.id !== engineName) throw new Error(engine.info.reason ?? `This is ${engine.info.title}.`)
    const unsupported = engine.supports(document, derivation)
    if (unsupported) refuse([unsupported])
    const library = must(await readLibrary(sources[document.data.source.type]!.library ?? []))
    const dataset = must(makeDataset(document.data, {}, { library }))
    const batches = new Batches(document, dataset)
    const started = performance.now()
    const network = await engine.compile(document, derivation, dataset)
    network.train({ first: 0, batches: [batches.at(0)], factors: [1], measured: false })
    return new Contestant(workload, network, dataset, batches, performance.now() - started)
  }

  /** This many steps: one a call, or many. Of a grid workload, so many grids. */
  run(steps: number): void {
    if (this.workload.group === 'grid') {
      for (let i = 0; i < steps; i++) this.network.activations({ points: this.grid, unitLimit: 64 })
      return
    }
    const most = this.workload.group === 'throughput' ? (this.workload.stepsPerCall ?? STEPS_PER_CALL) : 1
    for (let done = 0; done < steps; done += most) {
      const scores = this.train(Math.min(most, steps - done), false)
      if (!Number.isFinite(scores.at(-1)!.loss)) throw new Error(`The loss is ${scores.at(-1)!.loss}.`)
    }
  }

  /** Steps that are worth one look at the clock. */
  get chunk(): number {
    return this.workload.group === 'throughput' ? (this.workload.stepsPerCall ?? STEPS_PER_CALL) : 1
  }

  /** The whole work from the starting weights. */
  job(epochs: number): { readonly [name: string]: number } {
    const { metrics, stepsPerCall } = this.workload
    const { perEpoch } = this.batches
    this.network.writeState(this.start)
    this.step = 0
    let result: { [name: string]: number } = {}
    for (let epoch = 0; epoch < epochs; epoch++) {
      let [loss, accuracy] = [0, 0]
      for (let done = 0; done < perEpoch; done += stepsPerCall!)
        for (const score of this.train(Math.min(stepsPerCall!, perEpoch - done), metrics === true)) {
          loss += score.loss / perEpoch
          accuracy += (score.accuracy ?? 0) / perEpoch
        }
      if (metrics) result = { loss, accuracy, test: this.network.evaluate('test').accuracy! }
    }
    return metrics ? result : { right: this.rightSums() }
  }

  dispose(): void {
    this.network.dispose()
  }

  private train(count: number, measured: boolean): readonly Score[] {
    const first = this.step
    this.step += count
    const batches = Array.from({ length: count }, (_, i) => this.batches.at(first + i))
    return this.network.train({ first, batches, factors: new Array<number>(count).fill(1), measured })
  }

  /** Share of sums of which every bit is right. */
  private rightSums(): number {
    const { x, y } = this.dataset
    const points = (x as Float32Array).subarray(0, (x.length / this.dataset.rows) * CHECKED_SUMS)
    const bits = y!.length / this.dataset.rows
    const { values } = this.network.activations({ points, unitLimit: bits })[lastLayer(this.workload)]!
    let right = 0
    for (let row = 0; row < CHECKED_SUMS; row++) {
      const told = (bit: number): boolean => values[bit * CHECKED_SUMS + row]! > 0.5
      if (y!.subarray(row * bits, (row + 1) * bits).every((value, bit) => told(bit) === value > 0.5)) right++
    }
    return right / CHECKED_SUMS
  }
}

/** [GRID², 2] over −6 … 6, as the playground draws it. */
function gridPoints(): Float32Array {
  const points = new Float32Array(GRID * GRID * 2)
  for (let i = 0; i < GRID * GRID; i++) {
    points[2 * i] = ((i % GRID) / (GRID - 1)) * 12 - 6
    points[2 * i + 1] = (Math.floor(i / GRID) / (GRID - 1)) * 12 - 6
  }
  return points
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(' '))
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join(' '))
  return result.value
}
