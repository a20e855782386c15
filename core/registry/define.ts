import type * as tfc from '@tensorflow/tfjs-core'
import type { Signal } from '../graph/signal'
import type { Problem } from '../result'
import type { RandomStream } from '../random/stream'
import type { Config, ConfigOf, Field, Fields, Part } from './fields'

/** TensorFlow.js' operations, handed in by the engine so that nothing here imports TensorFlow. */
export type Ops = typeof tfc
export type { Tensor } from '@tensorflow/tfjs-core'
type Tensor = tfc.Tensor

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
}

/** What a layer knows when it works out shapes. */
export interface InferContext<Fs extends Fields = Fields> {
  readonly nodeId: string
  readonly config: ConfigOf<Fs>
  /** By input port. Only present where the port is connected to something that has a shape. */
  readonly inputs: { readonly [port: string]: Signal }
  /** What the project's data offers. */
  readonly data: { readonly features: readonly string[]; readonly classes: readonly string[] }
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
  /** Uniform numbers in [0, 1) of this shape; new ones each step, a function of the run's seed. */
  readonly random: (shape: readonly number[]) => Tensor
  /** Apply an activation; keeps what a loss needs to work from logits. */
  readonly activate: (activation: Part, x: Tensor) => Tensor
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
export const LAYER_GROUPS = ['Ends', 'Everyday'] as const

/** A kind of node. One object, one file; everything else loops over the registry. */
export interface LayerDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly group: (typeof LAYER_GROUPS)[number]
  /** A Lucide icon's name. */
  readonly icon: string
  /** A paragraph for the help popover, with input and output shapes. */
  readonly docs: string
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
  readonly examples: readonly LayerExample[]
}

/** An activation function. */
export interface ActivationDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** The function as text: "tanh(z)". */
  readonly formula: string
  /** y of the drawn glyph for x in [−3, 3]; bars where the function works across neurons. */
  readonly glyph: { readonly curve: (x: number) => number } | { readonly bars: readonly number[] }
  readonly forward: (ops: Ops, x: Tensor, config: ConfigOf<Fs>) => Tensor
  /** Its input is logits that a cross-entropy can use directly, which is exact where the output saturates. */
  readonly logits?: 'binary' | 'categorical'
  /** Values to check the function against: [x, y] on one row. */
  readonly examples: readonly { readonly config: Config; readonly x: number[]; readonly y: number[] }[]
}

/** A rule for starting weights. */
export interface InitializerDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** Values of a weight of this shape, row-major. fanIn and fanOut as Keras computes them. */
  readonly values: (
    config: ConfigOf<Fs>,
    weight: { readonly size: number; readonly fanIn: number; readonly fanOut: number },
    random: RandomStream
  ) => Float32Array
  /** Mean and standard deviation that many values show, for the tests. */
  readonly moments: (config: ConfigOf<Fs>, fanIn: number, fanOut: number) => { mean: number; std: number }
}

/** A penalty on large weights, added to the loss. */
export interface RegularizerDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** λ₁ and λ₂ of λ₁·Σ|w| + λ₂·Σw² (Keras' L1L2). As numbers, so that they can change while training runs. */
  readonly rates: (config: ConfigOf<Fs>) => { readonly l1: number; readonly l2: number }
}

/** What a loss is computed from: [batch, outputs] and targets of the same shape (one-hot for classes). */
export interface LossInput {
  readonly prediction: Tensor
  /** What went into the last activation, where that activation says it takes logits of this kind. */
  readonly logits?: { readonly kind: 'binary' | 'categorical'; readonly tensor: Tensor }
  readonly target: Tensor
}

/** A loss: one number an example; the engine averages or sums. */
export interface LossDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly formula: string
  /** [batch] */
  readonly forward: (ops: Ops, input: LossInput, config: ConfigOf<Fs>) => Tensor
  readonly examples: readonly {
    readonly config: Config
    readonly prediction: number[][]
    readonly target: number[][]
    readonly loss: number[]
  }[]
}

/** What an optimizer needs for one weight in one step. */
export interface UpdateContext<Fs extends Fields = Fields> {
  readonly ops: Ops
  readonly config: ConfigOf<Fs>
  readonly value: Tensor
  readonly gradient: Tensor
  readonly slots: { readonly [name: string]: Tensor }
  /** Counts from 1. */
  readonly step: number
}

/** A rule that turns gradients into new weights. */
export interface OptimizerDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly formula: string
  /** Names of the tensors it remembers for each weight; they start at zero. */
  readonly slots: (config: ConfigOf<Fs>) => readonly string[]
  readonly update: (context: UpdateContext<Fs>) => {
    readonly value: Tensor
    readonly slots: { readonly [name: string]: Tensor | undefined }
  }
}

/** A number that says how well a network does. */
export interface MetricDefinition {
  readonly type: string
  readonly title: string
  readonly summary: string
  readonly better: 'higher' | 'lower'
  /** Mean over a batch, one scalar; prediction [batch, outputs], target one-hot of the same shape. */
  readonly forward: (ops: Ops, prediction: Tensor, target: Tensor) => Tensor
}

/** What a source offers, before it has made a single row. */
export interface SourceDescription {
  readonly features: readonly string[]
  readonly classes: readonly string[]
  readonly rows: number
}

/** Rows: features row-major [rows, features], labels as class numbers. */
export interface Rows {
  readonly x: Float32Array
  readonly y: Int32Array
}

/** Where data comes from. Files that travel with the project are handed in as text by name. */
export interface SourceDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly icon: string
  readonly describe: (
    config: ConfigOf<Fs>,
    files: { readonly [name: string]: string }
  ) => SourceDescription | Problem
  readonly generate: (config: ConfigOf<Fs>, files: { readonly [name: string]: string }, seed: number) => Rows
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
export function defineSource<const Fs extends Fields>(d: SourceDefinition<Fs>): SourceDefinition {
  return d as unknown as SourceDefinition
}

/** A part at its defaults, for use as a field's default. */
export function part(type: string, config: Config = {}): Part {
  return { type, config }
}
export type { Config, ConfigOf, Field, Fields, Part }
