import type { Signal } from '../../graph/signal'
import type { Problem } from '../../result'
import type { Config, ConfigOf, Fields, Part } from '../fields'
import type { Described } from './described'
import type { FoundInKeras, FromKeras, KerasContext, KerasLayer } from './keras'
import type { Ops, Tensor } from './ops'
import type { SourceDescription } from './source'

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
  /** What it is in Keras; undefined where Keras has nothing of the kind, and for the ends of a network. */
  readonly keras?: (context: KerasContext<Fs>) => KerasLayer
  /**
   * The way back, by Keras' classes, where settings are not merely called alike. What `keras` makes of the result is
   * compared with what was given, so that no setting is passed over.
   */
  readonly fromKeras?: { readonly [kerasClass: string]: (given: FromKeras) => FoundInKeras }
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
  /**
   * It has no weights, and yet it answers the same example differently as training goes on: it draws random numbers, or
   * has a hot setting.
   */
  readonly restless?: true
  /** What TensorFlow's oneDNN kernels do for it, which a network has for all of its layers or none (`tensorflowFor`). */
  readonly oneDnn?: (config: ConfigOf<Fs>) => 'faster' | 'wrong'
  /** A source that needs no data: its examples [rows, …shape] from uniform numbers. */
  readonly draw?: (
    context: Pick<ForwardContext<Fs>, 'ops' | 'config' | 'random'> & { readonly rows: number }
  ) => Tensor
  readonly examples: readonly LayerExample[]
}
