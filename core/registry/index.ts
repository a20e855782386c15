import type {
  ActivationDefinition,
  AugmentationDefinition,
  ClippingDefinition,
  ConstraintDefinition,
  InitializerDefinition,
  LayerDefinition,
  LossDefinition,
  MetricDefinition,
  OptimizerDefinition,
  RegularizerDefinition,
  ScheduleDefinition,
  SchemeDefinition,
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
import randomBrightness from './augmentations/randomBrightness'
import randomContrast from './augmentations/randomContrast'
import randomFlip from './augmentations/randomFlip'
import randomRotation from './augmentations/randomRotation'
import randomTranslation from './augmentations/randomTranslation'
import randomZoom from './augmentations/randomZoom'
import globalNormClipping from './clippings/globalNorm'
import noClipping from './clippings/none'
import normClipping from './clippings/norm'
import valueClipping from './clippings/value'
import maxNorm from './constraints/maxNorm'
import noConstraint from './constraints/none'
import nonNeg from './constraints/nonNeg'
import constant from './initializers/constant'
import fanInNormal from './initializers/fanInNormal'
import glorotNormal from './initializers/glorotNormal'
import glorotUniform from './initializers/glorotUniform'
import heNormal from './initializers/heNormal'
import heUniform from './initializers/heUniform'
import lecunNormal from './initializers/lecunNormal'
import lecunUniform from './initializers/lecunUniform'
import ones from './initializers/ones'
import openGates from './initializers/openGates'
import orthogonal from './initializers/orthogonal'
import randomNormal from './initializers/randomNormal'
import randomUniform from './initializers/randomUniform'
import truncatedNormal from './initializers/truncatedNormal'
import zeros from './initializers/zeros'
import activation from './layers/activation'
import add from './layers/add'
import averagePooling1d from './layers/averagePooling1d'
import averagePooling2d from './layers/averagePooling2d'
import batchNormalization from './layers/batchNormalization'
import bidirectional from './layers/bidirectional'
import concatenate from './layers/concatenate'
import conv1d from './layers/conv1d'
import conv2d from './layers/conv2d'
import conv2dTranspose from './layers/conv2dTranspose'
import data from './layers/data'
import dense from './layers/dense'
import dropout from './layers/dropout'
import embedding from './layers/embedding'
import flatten from './layers/flatten'
import foreign from './layers/foreign'
import gaussianNoise from './layers/gaussianNoise'
import globalAveragePooling1d from './layers/globalAveragePooling1d'
import globalAveragePooling2d from './layers/globalAveragePooling2d'
import globalMaxPooling1d from './layers/globalMaxPooling1d'
import globalMaxPooling2d from './layers/globalMaxPooling2d'
import gru from './layers/gru'
import layerNormalization from './layers/layerNormalization'
import leakyReluLayer from './layers/leakyRelu'
import lstm from './layers/lstm'
import masking from './layers/masking'
import maxPooling1d from './layers/maxPooling1d'
import maxPooling2d from './layers/maxPooling2d'
import multiply from './layers/multiply'
import normalization from './layers/normalization'
import output from './layers/output'
import judgement from './layers/judgement'
import noise from './layers/noise'
import rbm from './layers/rbm'
import result from './layers/result'
import sample from './layers/sample'
import permute from './layers/permute'
import planeFeatures from './layers/planeFeatures'
import prelu from './layers/prelu'
import repeatVector from './layers/repeatVector'
import rescaling from './layers/rescaling'
import reshape from './layers/reshape'
import simpleRnn from './layers/simpleRnn'
import softmaxLayer from './layers/softmax'
import threshold from './layers/threshold'
import timeDistributed from './layers/timeDistributed'
import upSampling2d from './layers/upSampling2d'
import binaryCrossentropy from './losses/binaryCrossentropy'
import crossEntropy from './losses/crossEntropy'
import halfSquaredError from './losses/halfSquaredError'
import hinge from './losses/hinge'
import huber from './losses/huber'
import meanAbsoluteError from './losses/meanAbsoluteError'
import meanSquaredError from './losses/meanSquaredError'
import perceptron from './losses/perceptron'
import sumOfSquares from './losses/sumOfSquares'
import accuracy from './metrics/accuracy'
import auc from './metrics/auc'
import f1 from './metrics/f1'
import meanAbsoluteErrorOf from './metrics/meanAbsoluteError'
import meanSquaredErrorOf from './metrics/meanSquaredError'
import precision from './metrics/precision'
import r2 from './metrics/r2'
import recall from './metrics/recall'
import topKAccuracy from './metrics/topKAccuracy'
import adagrad from './optimizers/adagrad'
import adam from './optimizers/adam'
import adamW from './optimizers/adamW'
import previousGradient from './optimizers/previousGradient'
import risingMomentum from './optimizers/risingMomentum'
import rmsprop from './optimizers/rmsprop'
import sgd from './optimizers/sgd'
import l1 from './regularizers/l1'
import l1l2 from './regularizers/l1l2'
import l2 from './regularizers/l2'
import none from './regularizers/none'
import constantRate from './schedules/constant'
import cosine from './schedules/cosine'
import exponential from './schedules/exponential'
import inverseTime from './schedules/inverseTime'
import plateau from './schedules/plateau'
import stepDecay from './schedules/stepDecay'
import warmUp from './schedules/warmUp'
import adversarial from './schemes/adversarial'
import contrastiveDivergence from './schemes/contrastiveDivergence'
import supervised from './schemes/supervised'
import admissions from './sources/admissions'
import binaryAddition from './sources/binaryAddition'
import blobs from './sources/blobs'
import cifar10 from './sources/cifar10'
import circle from './sources/circle'
import circles from './sources/circles'
import drawn from './sources/drawn'
import fables from './sources/fables'
import fashionMnist from './sources/fashionMnist'
import gauss from './sources/gauss'
import gaussianRegression from './sources/gaussianRegression'
import iris from './sources/iris'
import memory from './sources/memory'
import mnist from './sources/mnist'
import moons from './sources/moons'
import pictureFolder from './sources/pictureFolder'
import pictures from './sources/pictures'
import plane from './sources/plane'
import random from './sources/random'
import ring from './sources/ring'
import spiral from './sources/spiral'
import table from './sources/table'
import text from './sources/text'
import twoFeatures from './sources/twoFeatures'
import waves from './sources/waves'
import xor from './sources/xor'
import { registry, withUnlisted, type Registry } from './registry'

export type { Registry }
export { encodings, fills, tokenizations } from './preparations'

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
  ones,
  openGates
)
export const augmentations: Registry<AugmentationDefinition> = registry(
  randomFlip,
  randomRotation,
  randomZoom,
  randomTranslation,
  randomBrightness,
  randomContrast
)
export const clippings: Registry<ClippingDefinition> = registry(
  noClipping,
  globalNormClipping,
  normClipping,
  valueClipping
)
export const constraints: Registry<ConstraintDefinition> = registry(noConstraint, maxNorm, nonNeg)
export const regularizers: Registry<RegularizerDefinition> = registry(none, l1, l2, l1l2)
export const layers: Registry<LayerDefinition> = withUnlisted(
  registry(
    data,
    dense,
    activation,
    leakyReluLayer,
    prelu,
    softmaxLayer,
    threshold,
    planeFeatures,
    rescaling,
    normalization,
    conv2d,
    maxPooling2d,
    averagePooling2d,
    globalAveragePooling2d,
    globalMaxPooling2d,
    conv2dTranspose,
    upSampling2d,
    embedding,
    masking,
    simpleRnn,
    lstm,
    gru,
    bidirectional,
    timeDistributed,
    conv1d,
    maxPooling1d,
    averagePooling1d,
    globalAveragePooling1d,
    globalMaxPooling1d,
    repeatVector,
    dropout,
    batchNormalization,
    layerNormalization,
    gaussianNoise,
    add,
    multiply,
    concatenate,
    flatten,
    reshape,
    permute,
    rbm,
    noise,
    output,
    sample,
    judgement,
    result
  ),
  foreign
)
export const losses: Registry<LossDefinition> = registry(
  crossEntropy,
  binaryCrossentropy,
  meanSquaredError,
  meanAbsoluteError,
  huber,
  sumOfSquares,
  halfSquaredError,
  hinge,
  perceptron
)
export const metrics: Registry<MetricDefinition> = registry(
  accuracy,
  topKAccuracy,
  precision,
  recall,
  f1,
  auc,
  meanSquaredErrorOf,
  meanAbsoluteErrorOf,
  r2
)
export const optimizers: Registry<OptimizerDefinition> = registry(
  adam,
  sgd,
  rmsprop,
  adagrad,
  adamW,
  previousGradient,
  risingMomentum
)
export const schedules: Registry<ScheduleDefinition> = registry(
  constantRate,
  stepDecay,
  exponential,
  cosine,
  inverseTime,
  warmUp,
  plateau
)
export const schemes: Registry<SchemeDefinition> = registry(supervised, adversarial, contrastiveDivergence)
export const sources: Registry<SourceDefinition> = registry(
  moons,
  circle,
  circles,
  xor,
  gauss,
  spiral,
  blobs,
  ring,
  plane,
  gaussianRegression,
  twoFeatures,
  drawn,
  iris,
  admissions,
  table,
  pictureFolder,
  mnist,
  fashionMnist,
  cifar10,
  pictures,
  binaryAddition,
  waves,
  memory,
  fables,
  text,
  random
)

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
  scheme: schemes,
  source: sources,
  augmentation: augmentations
}
