import type { FusedActivation, FusedLayer, FusedLoss, FusedSpec } from '@trainer/engines/fused/spec'

/** Weights of a layer in float64: kernel [inputs][units], bias [units], empty where there is none. */
export interface ReferenceWeights {
  readonly kernel: number[][]
  readonly bias: number[]
}

/** What one batch gives, one example after the other, in float64. */
export interface ReferenceBatch {
  /** Sum over the examples, without penalties. */
  readonly loss: number
  readonly hits: number
  /** Of the loss averaged or summed over the batch. */
  readonly gradients: readonly ReferenceWeights[]
}

type Vector = readonly number[]

const ACTIVATIONS: {
  readonly [type in Exclude<FusedActivation, 'softmax'>]: {
    readonly value: (z: number, slope: number) => number
    readonly slope: (z: number, slope: number) => number
  }
} = {
  linear: { value: (z) => z, slope: () => 1 },
  relu: { value: (z) => Math.max(0, z), slope: (z) => Number(z > 0) },
  leakyRelu: { value: (z, a) => (z < 0 ? a * z : z), slope: (z, a) => (z > 0 ? 1 : a) },
  elu: { value: (z) => (z < 0 ? Math.expm1(z) : z), slope: (z) => (z > 0 ? 1 : Math.exp(z)) },
  tanh: { value: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
  sigmoid: { value: sigmoid, slope: (z) => sigmoid(z) * (1 - sigmoid(z)) },
  softplus: { value: softplus, slope: sigmoid },
  gaussian: { value: (z) => Math.exp(-z * z), slope: (z) => -2 * z * Math.exp(-z * z) },
  step: { value: (z) => Number(z >= 0), slope: () => 0 }
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z))
}

function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))
}

function softmax(z: Vector): number[] {
  const e = z.map((v) => Math.exp(v - Math.max(...z)))
  const sum = e.reduce((a, b) => a + b, 0)
  return e.map((v) => v / sum)
}

/** Loss of one example and its slope by the answers p, or by the sums z where `bySums`. */
interface LossResult {
  readonly value: number
  readonly slope: number[]
  readonly bySums: boolean
}

function lossOf(loss: FusedLoss, activation: FusedActivation, z: Vector, p: Vector, t: Vector): LossResult {
  const mean = (terms: number[]): number => terms.reduce((a, b) => a + b, 0) / terms.length
  const sum = (terms: number[]): number => terms.reduce((a, b) => a + b, 0)
  const n = p.length
  const e = p.map((v, i) => v - t[i]!)
  switch (loss.type) {
    case 'softmaxCrossEntropy': {
      const shares = softmax(z)
      return {
        value: -sum(t.map((v, i) => (v === 0 ? 0 : v * Math.log(shares[i]!)))),
        slope: shares.map((v, i) => v - t[i]!),
        bySums: true
      }
    }
    case 'sigmoidCrossEntropy':
      return {
        value: mean(z.map((v, i) => softplus(v) - t[i]! * v)),
        slope: z.map((v, i) => (sigmoid(v) - t[i]!) / n),
        bySums: true
      }
    case 'perceptron': {
      const bySums = activation === 'step' || activation === 'sigmoid'
      const wrong = (bySums ? z : p).map((v, i) => Number(v >= 0) - t[i]!)
      return { value: sum(wrong.map(Math.abs)), slope: wrong, bySums }
    }
    case 'meanSquaredError':
      return { value: mean(e.map((v) => v * v)), slope: e.map((v) => (2 * v) / n), bySums: false }
    case 'sumOfSquares':
      return { value: sum(e.map((v) => v * v)), slope: e.map((v) => 2 * v), bySums: false }
    case 'halfSquaredError':
      return { value: sum(e.map((v) => v * v)) / 2, slope: e, bySums: false }
    case 'meanAbsoluteError':
      return { value: mean(e.map(Math.abs)), slope: e.map((v) => Math.sign(v) / n), bySums: false }
    case 'huber': {
      const { delta } = loss
      const inside = (v: number): boolean => Math.abs(v) <= delta
      return {
        value: mean(e.map((v) => (inside(v) ? (v * v) / 2 : delta * Math.abs(v) - delta ** 2 / 2))),
        slope: e.map((v) => (inside(v) ? v : delta * Math.sign(v)) / n),
        bySums: false
      }
    }
    case 'hinge': {
      const side = t.map((v) => (v === 0 ? -1 : v))
      return {
        value: mean(p.map((v, i) => Math.max(0, 1 - side[i]! * v))),
        slope: p.map((v, i) => (side[i]! * v <= 1 ? -side[i]! / n : 0)),
        bySums: false
      }
    }
  }
}

function largest(values: Vector): number {
  return values.indexOf(Math.max(...values))
}

function sumsOf(units: number, { kernel, bias }: ReferenceWeights, inputs: Vector): number[] {
  return Array.from({ length: units }, (_, u) =>
    inputs.reduce((sum, v, k) => sum + v * kernel[k]![u]!, bias[u] ?? 0)
  )
}

function activated({ activation, negativeSlope }: FusedLayer, z: Vector): number[] {
  if (activation === 'softmax') return softmax(z)
  return z.map((v) => ACTIVATIONS[activation].value(v, negativeSlope ?? 0.2))
}

/** What each layer answers to points: [units, points] a layer. */
export function referenceMaps(
  spec: FusedSpec,
  weights: readonly ReferenceWeights[],
  points: readonly Vector[]
): number[][] {
  let answers = points
  return spec.layers.map((layer, i) => {
    answers = answers.map((inputs) => activated(layer, sumsOf(layer.units, weights[i]!, inputs)))
    return Array.from({ length: layer.units }, (_, u) => answers.map((row) => row[u]!)).flat()
  })
}

/**
 * One batch through the network and back, in plain loops. `x` and `t` hold one example a row; `masks` the factors of
 * what comes into each layer, one row an example, where a layer has any.
 */
export function referenceBatch(
  spec: FusedSpec,
  weights: readonly ReferenceWeights[],
  x: readonly Vector[],
  t: readonly Vector[],
  masks: readonly (readonly Vector[] | undefined)[] = []
): ReferenceBatch {
  const gradients = weights.map(({ kernel, bias }) => ({
    kernel: kernel.map((row) => row.map(() => 0)),
    bias: bias.map(() => 0)
  }))
  const share = spec.reduction === 'sum' ? 1 : 1 / x.length
  let loss = 0
  let hits = 0
  for (const [row, example] of x.entries()) {
    const inputs: Vector[] = []
    const sums: Vector[] = []
    let answer: Vector = example
    for (const [i, layer] of spec.layers.entries()) {
      const masked = answer.map((v, k) => v * (masks[i]?.[row]?.[k] ?? 1))
      const z = sumsOf(layer.units, weights[i]!, masked)
      inputs.push(masked)
      sums.push(z)
      answer = activated(layer, z)
    }
    const last = spec.layers.at(-1)!
    const truth = t[row]!
    const found = lossOf(spec.loss, last.activation, sums.at(-1)!, answer, truth)
    loss += found.value
    hits += Number(
      answer.length === 1
        ? answer[0]! >= (spec.threshold ?? 0.5) === truth[0]! >= 0.5
        : largest(answer) === largest(truth)
    )
    let slope = found.slope.map((v) => v * share)
    for (let i = spec.layers.length - 1; i >= 0; i--) {
      const { activation, negativeSlope } = spec.layers[i]!
      const z = sums[i]!
      const bySums = found.bySums && i === spec.layers.length - 1
      if (!bySums && activation === 'softmax') {
        const p = softmax(z)
        const whole = p.reduce((sum, v, u) => sum + v * slope[u]!, 0)
        slope = p.map((v, u) => v * (slope[u]! - whole))
      } else if (!bySums && activation !== 'softmax')
        slope = slope.map((d, u) => d * ACTIVATIONS[activation].slope(z[u]!, negativeSlope ?? 0.2))
      const { kernel, bias } = gradients[i]!
      for (const [u, d] of slope.entries()) {
        inputs[i]!.forEach((v, k) => (kernel[k]![u]! += v * d))
        if (bias.length > 0) bias[u]! += d
      }
      const own = slope
      slope = weights[i]!.kernel.map(
        (out, k) => own.reduce((sum, d, u) => sum + d * out[u]!, 0) * (masks[i]?.[row]?.[k] ?? 1)
      )
    }
  }
  return { loss, hits, gradients }
}
