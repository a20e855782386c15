/*
 * What is measured of a network at one moment of its training, layer by layer. See `findings.ts` for what it means.
 */

/** The neurons of a layer, or the filters of a convolution. */
export interface Neurons {
  readonly kind: 'below' | 'ends'
  /** Examples that were looked at. */
  readonly examples: number
  /** For each neuron 1 where it is idle: dead, or saturated on nearly all examples; else 0. */
  readonly idle: Uint8Array
}

/** A layer at one moment. */
export interface LayerFacts {
  /**
   * How strongly the loss of a single example pulls at a neuron's answer, as a root mean square: the gradient that
   * reaches the layer. The gradients of weights are means over examples and become small where these cancel each other,
   * however well they come through.
   */
  readonly signal?: number
  /** Root mean square of the numbers of the gradient, and of the weights themselves; of weights that multiply. */
  readonly gradient?: number
  readonly weight?: number
  readonly neurons?: Neurons
}

/** A network at one moment. */
export interface Moment {
  readonly epoch: number
  /** The minimised number on the examples that gradients are measured on; undefined where they are not. */
  readonly loss?: number
  /** By node, in the order in which they are computed. */
  readonly layers: ReadonlyMap<string, LayerFacts>
}

/** Share of a range at its ends where less than 4 % of the slope is left: of tanh beyond ±0.98. */
const END = 0.01
/** A saturated neuron may leave the ends on this share of the answers. */
const EXCEPT = 0.01

/**
 * Counts when the neurons of a layer are idle, answer after answer. A dead one never answers anything but the lowest
 * number of its range, a saturated one is at an end of its range nearly always.
 */
export class IdleCount {
  private readonly busy: Uint32Array
  private answers = 0

  constructor(
    readonly kind: Neurons['kind'],
    private readonly range: readonly [smallest: number, largest: number],
    private readonly count: number
  ) {
    this.busy = new Uint32Array(count)
  }

  /** Takes up `examples` answers [units, examples], where a unit is a place · neuron: neurons lie innermost. */
  add(values: Float32Array, examples: number): void {
    const { count, kind, busy } = this
    const [smallest, largest] = this.range
    const margin = kind === 'ends' ? END * (largest - smallest) : 0
    const units = values.length / examples
    for (let unit = 0; unit < units; unit++)
      for (let i = 0; i < examples; i++) {
        const value = values[unit * examples + i]!
        const atEnd = value <= smallest + margin || (kind === 'ends' && value >= largest - margin)
        if (!atEnd) busy[unit % count]!++
      }
    this.answers += (units / count) * examples
  }

  /** Can a neuron still turn out to be idle, with so many times these answers to come? */
  undecided(examples: number, of: number): boolean {
    return this.busy.some((n) => n <= this.allowed((this.answers * of) / Math.max(1, examples)))
  }

  result(examples: number): Neurons {
    const most = this.allowed(this.answers)
    return { kind: this.kind, examples, idle: Uint8Array.from(this.busy, (n) => (n <= most ? 1 : 0)) }
  }

  private allowed(answers: number): number {
    return this.kind === 'ends' ? EXCEPT * answers : 0
  }
}

/** √(mean of squares) of all these numbers; 0 where there are none. */
export function rms(...parts: readonly Float32Array[]): number {
  let sum = 0
  let count = 0
  for (const part of parts) {
    for (const v of part) sum += v * v
    count += part.length
  }
  return count > 0 ? Math.sqrt(sum / count) : 0
}
