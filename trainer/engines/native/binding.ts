import * as tf from '@tensorflow/tfjs-core'

/** What tfjs-node's native addon offers, as far as it is used here. Tensors are numbered handles. */
export interface Binding {
  readonly createTensor: (
    shape: readonly number[],
    type: number,
    values: ArrayBufferView | number[]
  ) => number
  readonly deleteTensor: (id: number) => void
  readonly tensorDataSync: (id: number) => Float32Array | Int32Array | Uint8Array
  readonly executeOp: (
    op: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputs: number
  ) => readonly OutputHandle[]
  readonly loadSavedModel: (folder: string, tags: string) => number
  readonly deleteSavedModel: (id: number) => void
  /** Names of inputs and outputs ("x:0") are joined by commas. */
  readonly runSavedModel: (
    id: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string
  ) => readonly OutputHandle[]
  readonly getNumOfTensors: () => number
  readonly TF_ATTR_STRING: number
  readonly TF_ATTR_INT: number
  readonly TF_ATTR_FLOAT: number
  readonly TF_ATTR_BOOL: number
  readonly TF_ATTR_TYPE: number
  readonly TF_ATTR_SHAPE: number
}

export interface OutputHandle {
  readonly id: number
  readonly shape: readonly number[]
  readonly dtype: number
}

export interface OpAttribute {
  readonly name: string
  readonly type: number
  readonly value: unknown
}

/** tfjs-node's backend: everything it computes goes through `binding`. */
export interface NodeBackend {
  binding: Binding
  readonly getInputTensorIds: (tensors: readonly tf.Tensor[]) => number[]
}

/** tfjs-node must be loaded. */
export function nodeBackend(): NodeBackend {
  return tf.findBackend('tensorflow') as unknown as NodeBackend
}
