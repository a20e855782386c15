import type * as tfc from '@tensorflow/tfjs-core'
import type { HeldOut } from '../data/split'
import type { Signal, Target } from '../graph/signal'
import type { Problem } from '../result'
import type { RandomStream } from '../random/stream'
import type { Config, ConfigOf, Field, Fields, Part } from './fields'

export type { Tensor } from '@tensorflow/tfjs-core'
type Tensor = tfc.Tensor

/**
 * TensorFlow.js' operations, handed in by the engine so that nothing here imports TensorFlow, and a few larger ones
 * for which an engine may have a kernel of its own. All of them have gradients.
 */
export type Ops = typeof tfc & LargeOps

/** Operations that are one kernel on one engine and several on another. */
export interface LargeOps {
  /** −Σ t · log softmax(z): [rows, classes] twice → [rows]. Slope for the logits only. */
  readonly softmaxCrossEntropy: (logits: Tensor, target: Tensor) => Tensor
  /**
   * Scales each channel (the last axis) to mean `beta` and standard deviation `gamma` over all other axes. Mean and
   * variance (biased) are those of this batch, [channels], without a slope.
   */
  readonly batchNormTraining: (
    x: Tensor,
    gamma: Tensor,
    beta: Tensor,
    epsilon: number
  ) => { readonly y: Tensor; readonly mean: Tensor; readonly variance: Tensor }
  /**
   * A whole LSTM over x [batch, steps, inputs] → hidden states [batch, steps, units], with tanh and sigmoid, from
   * zero states. Kernels [inputs, 4 · units], [units, 4 · units], bias [4 · units]; gates in Keras' order i, f, c, o.
   */
  readonly lstmSequence: (x: Tensor, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor) => Tensor
}

interface Described<Fs extends Fields> {
  /** Stable id, written into documents. Keras' name in camelCase where Keras has one. */
  readonly type: string
  readonly title: string
  /** One plain sentence, shown in palettes and pickers. */
  readonly summary: string
  readonly fields: Fs
}

/** A place where an edge can start or end. */
export interface PortDefinition {
  readonly id: string
  readonly label: string
  readonly carries: Signal['kind']
  /** An input that may stay unconnected. */
  readonly optional?: boolean
}

/** A weight of a layer, before it has values. */
export interface WeightSpec {
  /** Keras' name: kernel, bias … */
  readonly name: string
  readonly shape: readonly number[]
  readonly initializer: Part
  readonly trainable: boolean
  /** The penalty on large values that this weight adds to the loss. */
  readonly regularizer?: Part
  /** What the weight is held to after each step. */
  readonly constraint?: Part
}

/** What a layer knows when it works out shapes. */
export interface InferContext<Fs extends Fields = Fields> {
  readonly nodeId: string
  readonly config: ConfigOf<Fs>
  /** By input port. Only present where the port is connected to something that has a shape. */
  readonly inputs: { readonly [port: string]: Signal }
  /** What the project's data offers. */
  readonly data: Pick<SourceDescription, 'features' | 'classes' | 'shape' | 'target'>
  /** The node connected to an input port. */
  readonly producer: (
    port: string
  ) => { readonly nodeId: string; readonly config: Config; readonly fields: Fields } | undefined
}

/** Shapes as values: an output signal for each port, or what is wrong. */
export interface Inferred {
  readonly outputs: { readonly [port: string]: Signal | undefined }
  readonly problems?: readonly Problem[]
}

/** What a layer has to compute with: one batch. */
export interface ForwardContext<Fs extends Fields = Fields> {
  readonly ops: Ops
  readonly config: ConfigOf<Fs>
  /** [batch, …shape] by input port. */
  readonly inputs: { readonly [port: string]: Tensor }
  readonly weights: { readonly [name: string]: Tensor }
  readonly training: boolean
  /**
   * A hot number of the settings as a scalar. A step may be compiled once and run a million times: a hot number
   * read from `config` would stay what it was when the step was compiled. Nothing may depend on a tensor's values
   * except through operations.
   */
  readonly hot: (field: keyof Fs & string) => Tensor
  /** Uniform numbers in [0, 1) of this shape; new ones each step, a function of the run's seed. */
  readonly random: (shape: readonly number[]) => Tensor
  /** Apply an activation; keeps what a loss needs to work from logits. */
  readonly activate: (activation: Part, x: Tensor) => Tensor
  /** The new value of a weight that is not trained (a moving average), taken up after the step. */
  readonly assign: (weight: string, value: Tensor) => void
  /** Which steps of a sequence count, [batch, steps] of 1 and 0, by input port; undefined where all do. */
  readonly masks: { readonly [port: string]: Tensor | undefined }
  /** Says which steps of this layer's output count. Without a word the first input's mask is passed on. */
  readonly setMask: (mask: Tensor | undefined) => void
}

/** A worked example: documentation and test in one. */
export interface LayerExample {
  readonly title: string
  readonly config: Config
  readonly inputs: { readonly [port: string]: Signal }
  readonly outputs: { readonly [port: string]: Signal }
  /** Number of single weights. */
  readonly parameters: number
}

/** The groups of the palette, in order. */
export const LAYER_GROUPS = [
  'Ends',
  'Everyday',
  'Pictures',
  'Sequences',
  'Steady training',
  'Joining',
  'Shape'
] as const

/** A kind of node. One object, one file; everything else loops over the registry. */
export interface LayerDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly group: (typeof LAYER_GROUPS)[number]
  /** A Lucide icon's name. */
  readonly icon: string
  /** A paragraph for the help popover, with input and output shapes. */
  readonly docs: string
  /** Keras' class ("Dense"); undefined for the ends of a network. */
  readonly keras?: string
  readonly inputs: readonly PortDefinition[]
  readonly outputs: readonly PortDefinition[]
  /** Where data enters or the loss is taken: the engine reads these nodes, it does not compute them. */
  readonly role: 'source' | 'layer' | 'sink'
  /** The short fact under the node's title: "3 neurons". */
  readonly fact: (config: ConfigOf<Fs>) => string
  /** What the layer computes, as a formula; empty where there is nothing to say. */
  readonly formula?: (config: ConfigOf<Fs>) => string
  readonly infer: (context: InferContext<Fs>) => Inferred
  readonly weights?: (
    config: ConfigOf<Fs>,
    inputs: { readonly [port: string]: Signal }
  ) => readonly WeightSpec[]
  /** [batch, …] of the first output port. */
  readonly forward?: (context: ForwardContext<Fs>) => Tensor
  /** A source that needs no data: its examples [rows, …shape] from uniform numbers. */
  readonly draw?: (
    context: Pick<ForwardContext<Fs>, 'ops' | 'config' | 'random'> & { readonly rows: number }
  ) => Tensor
  readonly examples: readonly LayerExample[]
}

/** What an activation makes of logits: one yes or no, one class of several, or 1 from 0 up and 0 below. */
export type LogitsKind = 'binary' | 'categorical' | 'step'

/** An activation function. */
export interface ActivationDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** The function as text: "tanh(z)". */
  readonly formula: string
  /** y of the drawn glyph for x in [−3, 3]; bars where the function works across neurons. */
  readonly glyph: { readonly curve: (x: number) => number } | { readonly bars: readonly number[] }
  readonly forward: (ops: Ops, x: Tensor, config: ConfigOf<Fs>) => Tensor
  /**
   * Its input is logits that a loss can use directly: a cross-entropy, which is exact where the output saturates, or
   * the perceptron rule, which passes by the step that has no slope.
   */
  readonly logits?: LogitsKind
  /** Values to check the function against: [x, y] on one row. */
  readonly examples: readonly { readonly config: Config; readonly x: number[]; readonly y: number[] }[]
}

/** A weight that is about to get its first values. fanIn and fanOut as Keras computes them. */
export interface NewWeight {
  readonly shape: readonly number[]
  readonly size: number
  readonly fanIn: number
  readonly fanOut: number
}

/** A rule for starting weights. */
export interface InitializerDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** Values of this weight, row-major. */
  readonly values: (config: ConfigOf<Fs>, weight: NewWeight, random: RandomStream) => Float32Array
  /** Mean and standard deviation that many values show, for the tests. */
  readonly moments: (config: ConfigOf<Fs>, weight: NewWeight) => { mean: number; std: number }
}

/** A penalty on large weights, added to the loss. */
export interface RegularizerDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** λ₁ and λ₂ of λ₁·Σ|w| + λ₂·Σw² (Keras' L1L2). As numbers, so that they can change while training runs. */
  readonly rates: (config: ConfigOf<Fs>) => { readonly l1: number; readonly l2: number }
}

/** A rule that weights are held to after each step. */
export interface ConstraintDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** The weight as it may be. */
  readonly apply: (ops: Ops, weight: Tensor, config: ConfigOf<Fs>) => Tensor
  readonly examples: readonly {
    readonly config: Config
    readonly weight: number[][]
    readonly held: number[][]
  }[]
}

/**
 * What a loss is computed from: [rows, outputs] and targets of the same shape (one-hot for classes; the class number
 * itself, 0 or 1, where there is a single output). A sequence with an answer at each step has a row a step.
 */
export interface LossInput {
  readonly prediction: Tensor
  /** What went into the last activation, where that activation says it takes logits of this kind. */
  readonly logits?: { readonly kind: LogitsKind; readonly tensor: Tensor }
  readonly target: Tensor
}

/** A loss: one number a row; the engine averages or sums. */
export interface LossDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly formula: string
  /** Which answers it is for. */
  readonly answers: 'classes' | 'numbers' | 'both'
  /** [rows] */
  readonly forward: (ops: Ops, input: LossInput, config: ConfigOf<Fs>) => Tensor
  /** From which number on a single output means the second class; 0.5 where it is not said. */
  readonly cut?: (config: ConfigOf<Fs>) => number
  readonly examples: readonly {
    readonly config: Config
    readonly prediction: number[][]
    readonly target: number[][]
    readonly loss: number[]
  }[]
}

/** Numbers that an optimizer uses in one step, such as a learning rate corrected for the first steps. */
export type StepNumbers = { readonly [name: string]: number }

/** What an optimizer needs for one weight in one step. */
export interface UpdateContext<Fs extends Fields = Fields> {
  readonly ops: Ops
  /** Settings that are not hot; hot ones come through `numbers`. */
  readonly config: ConfigOf<Fs>
  /** The result of `numbers` as scalars. */
  readonly numbers: { readonly [name: string]: Tensor }
  readonly value: Tensor
  readonly gradient: Tensor
  readonly slots: { readonly [name: string]: Tensor }
}

/** A rule that turns gradients into new weights. */
export interface OptimizerDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly formula: string
  /** Names of the tensors it remembers for each weight, and the number each of them starts as. */
  readonly slots: (config: ConfigOf<Fs>) => { readonly [slot: string]: number }
  /**
   * The step's numbers in float64: always the same names for the same settings. `step` counts updates from 1;
   * `rate` is the learning rate after the schedule.
   */
  readonly numbers: (config: ConfigOf<Fs>, step: number, rate: number) => StepNumbers
  readonly update: (context: UpdateContext<Fs>) => {
    readonly value: Tensor
    readonly slots: { readonly [name: string]: Tensor | undefined }
  }
  /**
   * The same update as one TensorFlow kernel on variables, where there is one: ResourceApplyAdam and its like.
   * Inputs are the weight, its slots, then scalars and the gradient in the kernel's order.
   */
  readonly kernel?: (config: ConfigOf<Fs>) =>
    | {
        readonly op: string
        /** "weight", "gradient", "slot:m", "number:rate" or a number. */
        readonly inputs: readonly (string | number)[]
        readonly flags?: { readonly [name: string]: boolean }
      }
    | undefined
}

/** How far a training is, for a schedule. */
export interface SchedulePlace {
  /** Updates made, from 0. */
  readonly step: number
  readonly stepsPerEpoch: number
  /** Updates that are planned in all. */
  readonly steps: number
  /** The judged loss of each epoch so far. */
  readonly losses: readonly number[]
}

/** How the learning rate changes in the course of a training. */
export interface ScheduleDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly formula: string
  /** What the optimizer's learning rate is multiplied with. */
  readonly factor: (config: ConfigOf<Fs>, place: SchedulePlace) => number
}

/** Keeps the gradients of a step from being too large. */
export interface ClippingDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** All trained weights' gradients, in and out in the same order. */
  readonly apply: (ops: Ops, gradients: readonly Tensor[], config: ConfigOf<Fs>) => readonly Tensor[]
}

/** What comes out of one of the project's networks while a step is made. */
export interface PhasePass {
  readonly prediction: Tensor
  /** What went into the last activation, where it takes logits. */
  readonly logits: LossInput['logits']
}

/** What a phase of a scheme has to work with: one batch, operations, and the project's networks. */
export interface PhaseContext<Fs extends Fields = Fields> {
  readonly ops: Ops
  readonly config: ConfigOf<Fs>
  /** Examples [batch, …shape]. */
  readonly x: Tensor
  /** Runs the project's network of this place as in training; without examples it draws its own from noise. */
  readonly run: (network: number, x?: Tensor) => PhasePass
  /** The weights of the first layer of this type, by their names. */
  readonly weightsOf: (type: string) => { readonly [name: string]: Tensor }
  /** Uniform numbers in [0, 1) of this shape. */
  readonly random: (shape: readonly number[]) => Tensor
  /** A pass compared with the true answers, as the project's output says: see `PhaseOutcome`. */
  readonly compare: (pass: PhasePass) => PhaseOutcome
}

/** What a phase follows downhill, and what it tells. */
export interface PhaseOutcome {
  /** A scalar; the weights that learn follow its slope. */
  readonly minimised: Tensor
  /** The loss to tell, a scalar: summed over the answers of the batch. */
  readonly loss: Tensor
  /** How many answers are right, a scalar; undefined where there is no right or wrong. */
  readonly right: Tensor | undefined
}

/** A kind of update. */
export interface Phase<Fs extends Fields = Fields> {
  readonly id: string
  /** As curves are labelled: "Generator". */
  readonly title: string
  /** The place of the network whose weights learn. */
  readonly learns: number
  readonly make: (context: PhaseContext<Fs>) => PhaseOutcome
}

/** A way of learning: which networks there are, and what is done to them step by step. */
export interface SchemeDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** The networks it needs, in order, and the ends they have. */
  readonly networks: readonly { readonly title: string; readonly source: string; readonly sink: string }[]
  readonly phases: readonly Phase<Fs>[]
  /** The phase of a step, steps counted from 0. Settings may be hot. */
  readonly phaseAt: (config: ConfigOf<Fs>, step: number) => string
  /**
   * The loss of each example [batch] as the networks are now, in the same measure as the first phase tells it.
   * Where it is missing, answers are compared with the true ones (`compares`) or nothing can be measured.
   */
  readonly measure?: (context: Omit<PhaseContext<Fs>, 'random' | 'compare'>) => Tensor
  /** Are answers compared with true ones? */
  readonly compares: boolean
}

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

/** What a source offers, before it has made a single row. */
export interface SourceDescription {
  /** Names of the numbers of one example, where they have names. */
  readonly features: readonly string[]
  /** Names of the classes; empty where the answers are numbers. */
  readonly classes: readonly string[]
  /** Shape of one example. */
  readonly shape: readonly number[]
  readonly target: Target
  /** All rows, with those held out. */
  readonly rows: number
  /** Rows at the end that the makers of the data set have set aside. */
  readonly heldOut?: HeldOut
}

/** Examples and their answers: see `Dataset`. */
export interface Rows {
  readonly x: Float32Array | Uint8Array
  readonly y: Int32Array | Float32Array | undefined
  readonly scale?: number
}

/** A data set of the library: examples as bytes [rows, …shape], a class number each; training rows come first. */
export interface LibraryRows {
  readonly x: Uint8Array
  readonly y: Uint8Array
}

/** Data sets of the library by name, as far as they are asked for. */
export type LibraryData = { readonly [name: string]: LibraryRows }

/** What a source makes rows from. */
export interface GenerateContext {
  /** Files that travel with the project, as text by name. */
  readonly files: { readonly [name: string]: string }
  /** Those that `library` names. */
  readonly library: LibraryData
  readonly seed: number
}

/** Where data comes from. */
export interface SourceDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly icon: string
  /** Names of the library's data sets it needs. */
  readonly library?: readonly string[]
  readonly describe: (
    config: ConfigOf<Fs>,
    files: { readonly [name: string]: string }
  ) => SourceDescription | Problem
  readonly generate: (config: ConfigOf<Fs>, context: GenerateContext) => Rows
}

/** These give a registry object its types: the settings follow from the fields. */
export function defineLayer<const Fs extends Fields>(d: LayerDefinition<Fs>): LayerDefinition {
  return d as unknown as LayerDefinition
}
export function defineActivation<const Fs extends Fields>(d: ActivationDefinition<Fs>): ActivationDefinition {
  return d as unknown as ActivationDefinition
}
export function defineInitializer<const Fs extends Fields>(
  d: InitializerDefinition<Fs>
): InitializerDefinition {
  return d as unknown as InitializerDefinition
}
export function defineLoss<const Fs extends Fields>(d: LossDefinition<Fs>): LossDefinition {
  return d as unknown as LossDefinition
}
export function defineOptimizer<const Fs extends Fields>(d: OptimizerDefinition<Fs>): OptimizerDefinition {
  return d as unknown as OptimizerDefinition
}
export function defineRegularizer<const Fs extends Fields>(
  d: RegularizerDefinition<Fs>
): RegularizerDefinition {
  return d as unknown as RegularizerDefinition
}
export function defineConstraint<const Fs extends Fields>(d: ConstraintDefinition<Fs>): ConstraintDefinition {
  return d as unknown as ConstraintDefinition
}
export function defineSchedule<const Fs extends Fields>(d: ScheduleDefinition<Fs>): ScheduleDefinition {
  return d as unknown as ScheduleDefinition
}
export function defineScheme<const Fs extends Fields>(d: SchemeDefinition<Fs>): SchemeDefinition {
  return d as unknown as SchemeDefinition
}
export function defineClipping<const Fs extends Fields>(d: ClippingDefinition<Fs>): ClippingDefinition {
  return d as unknown as ClippingDefinition
}
export function defineSource<const Fs extends Fields>(d: SourceDefinition<Fs>): SourceDefinition {
  return d as unknown as SourceDefinition
}

/** A part at its defaults, for use as a field's default. */
export function part(type: string, config: Config = {}): Part {
  return { type, config }
}
export type { Config, ConfigOf, Field, Fields, Part }
