import { compileModule, type FusedExports } from './emit/module'
import { slotStarts } from './emit/optimizers'
import { CALL_STEPS, FLOAT, KNOBS, type Layout } from './layout'
import { checkSpec, inputsOf, outputsOf, type FusedSpec } from './spec'
import { instantiate } from './wasm/host'

/** Steps to make in one go. */
export interface TrainRequest {
  /** Rows of the data, step after step. Where there are no `sizes`, each step takes all of them. */
  readonly rows: Int32Array
  /** How many rows each step takes. */
  readonly sizes?: Int32Array
  /** [steps, KNOBS] */
  readonly knobs: Float32Array
  /**
   * Dropout: for each row in the order in which steps take them, the factors of all numbers that come into the first
   * masked layer, then into the next one.
   */
  readonly masks?: Float32Array
}

/** What each step found before its update: sums over its rows. */
export interface StepResults {
  /** Losses without penalties. */
  readonly losses: Float32Array
  readonly hits: Float32Array
  /** The penalties on the weights that learn. */
  readonly penalties: Float32Array
}

/** Names of a layer's weights. */
export const WEIGHTS = ['kernel', 'recurrent_kernel', 'bias'] as const

/**
 * Weights of a layer, row-major: kernel [inputs, units], recurrent_kernel [units, units], bias [units]. Those that the
 * layer does not have are empty.
 */
export type LayerWeights = { readonly [name in (typeof WEIGHTS)[number]]: Float32Array }

/** Rates of a penalty λ₁·Σ|w| + λ₂·Σw². */
export interface Penalty {
  readonly l1: number
  readonly l2: number
}

/**
 * A small network in WebAssembly that was made for its shape. Data, weights and optimizer live in its memory,
 * which never grows. Nothing is shared between two of them.
 */
export class FusedNetwork {
  readonly layout: Layout
  /** Numbers of an example, and of the answer to it. */
  private readonly inputs: number
  private readonly outputs: number
  private readonly code: FusedExports
  private readonly floats: Float32Array
  private readonly ints: Int32Array
  private readonly results: Float64Array
  private readonly allRows: Int32Array
  private penalized = false
  /** The rows that stand gathered in memory, for steps that all take the same. */
  private resident: Int32Array | undefined

  constructor(readonly spec: FusedSpec) {
    checkSpec(spec)
    const { bytes, layout } = compileModule(spec)
    this.layout = layout
    this.inputs = inputsOf(spec)
    this.outputs = outputsOf(spec)
    this.code = instantiate<FusedExports>(bytes)
    const { buffer } = this.code.memory
    this.floats = new Float32Array(buffer)
    this.ints = new Int32Array(buffer)
    this.results = new Float64Array(buffer, layout.address.results, 2)
    this.allRows = Int32Array.from({ length: spec.rows }, (_, i) => i)
    this.resetOptimizer()
  }

  /** Rows of data from one row on: x [rows, inputs], targets [rows, outputs]; of all steps where there are some. */
  setData(x: Float32Array, targets: Float32Array, from = 0): void {
    const { address } = this.layout
    const { rows } = this.spec
    const { inputs, outputs } = this
    this.view(address.x, rows * inputs).set(x, from * inputs)
    this.view(address.targets, rows * outputs).set(targets, from * outputs)
    this.resident = undefined
  }

  /** A layer's weights: views of the memory, for reading and writing. */
  weights(layer: number): LayerWeights {
    return this.weightView(this.layout.address.weights, layer)
  }

  /** What the optimizer remembers about a layer's weights, slot by slot: views as well. */
  slots(layer: number): readonly LayerWeights[] {
    return this.layout.address.slots.map((address) => this.weightView(address, layer))
  }

  /** Lets the optimizer forget. */
  resetOptimizer(): void {
    for (const [i, start] of slotStarts(this.spec.optimizer).entries())
      this.view(this.layout.address.slots[i]!, this.layout.parameters).fill(start)
  }

  /** Penalties on each layer's weights. They add to gradients; losses are told without them. */
  setPenalties(layers: readonly { readonly [weight in keyof LayerWeights]?: Penalty }[]): void {
    const { l1, l2 } = this.layout.address
    this.penalized = false
    for (const [layer, penalties] of layers.entries())
      for (const part of WEIGHTS) {
        const rates = penalties[part] ?? { l1: 0, l2: 0 }
        this.weightView(l1, layer)[part].fill(rates.l1)
        this.weightView(l2, layer)[part].fill(2 * rates.l2)
        this.penalized ||= rates.l1 !== 0 || rates.l2 !== 0
      }
  }

  /** Makes one update for each pair of knobs. An array of rows that comes again must not have been changed. */
  train(request: TrainRequest): StepResults {
    const { rows, sizes, knobs, masks } = request
    const { address, orderRows, residentRows, maskWidth } = this.layout
    const steps = knobs.length / KNOBS
    const list = (): Float32Array => new Float32Array(steps)
    const found = { losses: list(), hits: list(), penalties: list() }
    const sizeOf = (step: number): number => sizes?.[step] ?? rows.length
    const stays = !sizes && maskWidth === 0 && rows.length <= residentRows
    if (stays) this.gather(rows)
    else {
      this.checkRows(rows)
      this.resident = undefined
    }
    // Position in `rows`, and in `masks`.
    let row = 0
    for (let from = 0; from < steps;) {
      let [to, taken] = [from, 0]
      while (to < steps && to - from < CALL_STEPS && (stays || taken + sizeOf(to) <= orderRows)) {
        this.ints[address.sizes / 4 + to - from] = sizeOf(to)
        if (!sizes && !stays) this.ints.set(rows, address.order / 4 + taken)
        taken += sizeOf(to++)
      }
      if (to === from) throw new RangeError(`A step of ${sizeOf(from)} rows is too large.`)
      if (sizes) this.ints.set(rows.subarray(row, row + taken), address.order / 4)
      if (masks)
        this.floats.set(masks.subarray(row * maskWidth, (row + taken) * maskWidth), address.masks / 4)
      this.floats.set(knobs.subarray(KNOBS * from, KNOBS * to), address.knobs / 4)
      this.code.train(to - from, Number(stays), Number(this.penalized))
      found.losses.set(this.view(address.losses, to - from), from)
      found.hits.set(this.view(address.hits, to - from), from)
      if (this.penalized) found.penalties.set(this.view(address.penalties, to - from), from)
      row += taken
      from = to
    }
    return found
  }

  /** The penalties on the weights that learn, as they are now. */
  penalty(): number {
    if (!this.penalized) return 0
    const { address } = this.layout
    let sum = 0
    for (const [i, { trainable }] of this.spec.layers.entries())
      for (const part of trainable ? WEIGHTS : []) {
        const [w, l1, twiceL2] = [address.weights, address.l1, address.l2].map(
          (set) => this.weightView(set, i)[part]
        ) as [Float32Array, Float32Array, Float32Array]
        for (const [k, v] of w.entries()) sum += l1[k]! * Math.abs(v) + (twiceL2[k]! / 2) * v * v
      }
    return sum
  }

  /** Sum of losses and right answers of some rows; of all where not given. */
  evaluate(rows: Int32Array = this.allRows): { readonly loss: number; readonly hits: number } {
    const { address, orderRows } = this.layout
    this.checkRows(rows)
    this.resident = undefined
    let [loss, hits] = [0, 0]
    for (let from = 0; from < rows.length; from += orderRows) {
      const part = rows.subarray(from, from + orderRows)
      this.ints.set(part, address.order / 4)
      this.code.evaluate(part.length, address.weights)
      loss += this.results[0]!
      hits += this.results[1]!
    }
    return { loss, hits }
  }

  /**
   * What each layer answers to points [count, inputs]: [units, count] a layer, or [steps · units, count]. With other
   * weights than its own where they are given, one for each layer.
   */
  maps(points: Float32Array, weights?: readonly LayerWeights[]): readonly Float32Array[] {
    const count = points.length / this.inputs
    const answers = this.layout.layers.map(({ units, kept }) => new Float32Array(units * kept * count))
    this.eachPass(points, weights, (from, size) =>
      answers.forEach((answer, layer) => {
        for (let number = 0; number < answer.length / count; number++)
          answer.set(this.answersOf(layer, number, size), number * count + from)
      })
    )
    return answers
  }

  /** What the network answers to points [count, inputs]: [count, outputs]. `weights` as for `maps`. */
  forward(points: Float32Array, weights?: readonly LayerWeights[]): Float32Array {
    const { outputs } = this
    const answers = new Float32Array((points.length / this.inputs) * outputs)
    this.eachPass(points, weights, (from, size) => {
      for (let number = 0; number < outputs; number++) {
        const own = this.answersOf(this.spec.layers.length - 1, number, size)
        for (let i = 0; i < size; i++) answers[(from + i) * outputs + number] = own[i]!
      }
    })
    return answers
  }

  /** One number of a layer's answers to the points of a pass. */
  private answersOf(layer: number, number: number, count: number): Float32Array {
    const { base, stride } = this.layout.answer(layer, number)
    if (stride === FLOAT) return this.view(base, count)
    return Float32Array.from({ length: count }, (_, i) => this.floats[(base + i * stride) / FLOAT]!)
  }

  private eachPass(
    points: Float32Array,
    weights: readonly LayerWeights[] | undefined,
    use: (from: number, size: number) => void
  ): void {
    const { inputs } = this
    const { address, passPoints } = this.layout
    weights?.forEach((own, layer) => {
      const place = this.weightView(address.otherWeights, layer)
      for (const name of WEIGHTS) place[name].set(own[name])
    })
    const count = points.length / inputs
    for (let from = 0; from < count; from += passPoints) {
      const size = Math.min(passPoints, count - from)
      this.floats.set(points.subarray(from * inputs, (from + size) * inputs), address.points / 4)
      this.code.answer(size, weights ? address.otherWeights : address.weights)
      use(from, size)
    }
  }

  private gather(rows: Int32Array): void {
    if (this.resident === rows) return
    this.checkRows(rows)
    this.ints.set(rows, this.layout.address.order / 4)
    this.code.gather(rows.length)
    this.resident = rows
  }

  /** A row that is not there would be read from somewhere else in memory. */
  private checkRows(rows: Int32Array): void {
    for (const row of rows)
      if (row < 0 || row >= this.spec.rows) throw new RangeError(`There is no row ${row}.`)
  }

  private weightView(set: number, layer: number): LayerWeights {
    const { kernel, recurrent, bias } = this.layout.weights[layer]!
    const { units, bias: has } = this.spec.layers[layer]!
    return {
      kernel: this.view(set + 4 * kernel, recurrent - kernel),
      recurrent_kernel: this.view(set + 4 * recurrent, bias - recurrent),
      bias: this.view(set + 4 * bias, has ? units : 0)
    }
  }

  private view(address: number, count: number): Float32Array {
    return this.floats.subarray(address / 4, address / 4 + count)
  }
}
