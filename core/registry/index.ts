import type {
  ActivationDefinition,
  ClippingDefinition,
  ConstraintDefinition,
  InitializerDefinition,
  LayerDefinition,
  LossDefinition,
  MetricDefinition,
  OptimizerDefinition,
  RegularizerDefinition,
  ScheduleDefinition,
  SourceDefinition
} from './define'
import type { Fields, PartKind } from './fields'
import elu from './activations/elu'
import gaussian from './activations/gaussian'
import leakyRelu from './activations/leakyRelu'
import linear from './activations/linear'
import relu from './activations/relu'
import sigmoid from './activations/sigmoid'
import softmax from './activations/softmax'
import softplus from './activations/softplus'
import step from './activations/step'
import tanh from './activations/tanh'
import noClipping from './clippings/none'
import noConstraint from './constraints/none'
import constant from './initializers/constant'
import fanInNormal from './initializers/fanInNormal'
import glorotNormal from './initializers/glorotNormal'
import glorotUniform from './initializers/glorotUniform'
import heNormal from './initializers/heNormal'
import heUniform from './initializers/heUniform'
import lecunNormal from './initializers/lecunNormal'
import lecunUniform from './initializers/lecunUniform'
import ones from './initializers/ones'
import orthogonal from './initializers/orthogonal'
import randomNormal from './initializers/randomNormal'
import randomUniform from './initializers/randomUniform'
import truncatedNormal from './initializers/truncatedNormal'
import zeros from './initializers/zeros'
import activation from './layers/activation'
import data from './layers/data'
import dense from './layers/dense'
import dropout from './layers/dropout'
import flatten from './layers/flatten'
import output from './layers/output'
import crossEntropy from './losses/crossEntropy'
import meanSquaredError from './losses/meanSquaredError'
import accuracy from './metrics/accuracy'
import adam from './optimizers/adam'
import sgd from './optimizers/sgd'
import l1 from './regularizers/l1'
import l2 from './regularizers/l2'
import none from './regularizers/none'
import constantRate from './schedules/constant'
import blobs from './sources/blobs'
import circle from './sources/circle'
import csv from './sources/csv'
import gauss from './sources/gauss'
import moons from './sources/moons'
import spiral from './sources/spiral'
import xor from './sources/xor'

/** Objects of one kind by type, in the order in which people see them. */
export type Registry<D> = { readonly [type: string]: D }

function registry<D extends { readonly type: string }>(...definitions: D[]): Registry<D> {
  // Without a prototype: the type "constructor" of a broken file finds nothing.
  const byType: Record<string, D> = Object.create(null) as Record<string, D>
  for (const definition of definitions) byType[definition.type] = definition
  return byType
}

// A test fails when a file is missing here, and when an object's type is not its file's name.
export const activations: Registry<ActivationDefinition> = registry(
  linear,
  relu,
  leakyRelu,
  tanh,
  sigmoid,
  softmax,
  gaussian,
  step,
  elu,
  softplus
)
export const initializers: Registry<InitializerDefinition> = registry(
  glorotUniform,
  glorotNormal,
  heUniform,
  heNormal,
  lecunUniform,
  lecunNormal,
  fanInNormal,
  orthogonal,
  randomUniform,
  randomNormal,
  truncatedNormal,
  constant,
  zeros,
  ones
)
export const clippings: Registry<ClippingDefinition> = registry(noClipping)
export const constraints: Registry<ConstraintDefinition> = registry(noConstraint)
export const regularizers: Registry<RegularizerDefinition> = registry(none, l1, l2)
export const layers: Registry<LayerDefinition> = registry(data, dense, activation, dropout, flatten, output)
export const losses: Registry<LossDefinition> = registry(crossEntropy, meanSquaredError)
export const metrics: Registry<MetricDefinition> = registry(accuracy)
export const optimizers: Registry<OptimizerDefinition> = registry(adam, sgd)
export const schedules: Registry<ScheduleDefinition> = registry(constantRate)
export const sources: Registry<SourceDefinition> = registry(moons, circle, xor, gauss, spiral, blobs, csv)

/** What a part field chooses from. */
export const parts: {
  readonly [K in PartKind]: Registry<{
    readonly type: string
    readonly title: string
    readonly summary: string
    readonly fields: Fields
  }>
} = {
  activation: activations,
  initializer: initializers,
  regularizer: regularizers,
  constraint: constraints,
  loss: losses,
  optimizer: optimizers,
  schedule: schedules,
  clipping: clippings,
  source: sources
}
