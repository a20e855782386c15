/** Answers of a network and the right ones, for a metric. */
export interface MetricInput {
  /** [rows, outputs]: shares of the classes, or numbers. */
  readonly prediction: Float32Array
  /** [rows, outputs]: one-hot, the class number where there is one output, or numbers. */
  readonly target: Float32Array
  readonly rows: number
  readonly outputs: number
}

/** A number that says how well a network does, computed in float64 from its answers. */
export interface MetricDefinition {
  readonly type: string
  readonly title: string
  readonly summary: string
  readonly better: 'higher' | 'lower'
  readonly answers: 'classes' | 'numbers'
  /** Is it told as a share of all (percent) or as a plain number? */
  readonly unit: 'share' | 'number'
  /** Not a number where it has no meaning, such as precision without a single positive answer. */
  readonly measure: (input: MetricInput) => number
  readonly examples: readonly {
    readonly prediction: number[][]
    readonly target: number[][]
    readonly value: number
  }[]
}
