import type { Document } from '../document/schema'
import type { H5Group } from '../export/h5'
import type { GivenValue, KerasDialect } from '../registry/define'
import type { Checkpoint } from '../run/checkpoint'

/** A weight of a layer in a file. */
export interface GivenWeight {
  /** As the file calls it, where that says something. */
  readonly name?: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** A model as its files hold it, before anything is made of it. */
export interface ModelFile {
  /** The file's name without its ending. */
  readonly title: string
  readonly dialect: KerasDialect
  /** {class_name, config} */
  readonly topology: GivenValue
  /** Optimizer, loss and metrics, where the file has them. */
  readonly compiled?: GivenValue
  /** Of .keras files model.weights.h5, of .h5 files the group model_weights, of TensorFlow.js a list. */
  readonly weights: H5Group | readonly GivenWeight[]
}

/** A model as a project. */
export interface BroughtIn {
  readonly document: Document
  /** What it has learned; undefined where nothing of it has a place here. */
  readonly checkpoint: Checkpoint | undefined
  /** What is not as it was, in a sentence each. */
  readonly notes: readonly string[]
}
