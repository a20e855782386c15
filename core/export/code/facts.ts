import { allParts } from '../../data/split'
import { sizeOf } from '../../graph/signal'
import type { KerasAnswers, KerasRate } from '../../registry/define'
import { activations, schemes } from '../../registry'
import { augmentationWords } from '../../data/augmentation/words'
import type { Config, Part } from '../../registry/fields'
import { answeringNode, type ExportModel } from '../model'

/** What a program has to know to train a network again. */
export interface TrainingFacts extends KerasAnswers, KerasRate {
  /** The node that compares answers. */
  readonly sink: string
  /** The node that gives the data. */
  readonly source: string
  readonly loss: Part
  readonly sum: boolean
  /** How many answers an example has: one at each step of a sequence. */
  readonly positions: number
  readonly balanced: boolean
  readonly optimizer: Part
  readonly schedule: Part
  readonly clipping: Part
  readonly epochs: number
  readonly batchSize: number
  readonly seed: number
  readonly patience: number
  readonly restoreBest: boolean
  readonly validates: boolean
  readonly tests: boolean
  /** The right answer to an example is the example itself. */
  readonly copies: boolean
  /** What no program but the app does, in sentences. */
  readonly lacks: readonly string[]
}

/** The training of a network; undefined where it does not learn from examples and their right answers. */
export function trainingFacts(model: ExportModel): TrainingFacts | undefined {
  const { document, derivation, plan, configs, data } = model
  const { training } = document
  const described = derivation.data!
  if (data.drawn || training.scheme.type !== schemes['supervised']!.type) return undefined
  const sizes = allParts(document.data.split, described)
  const end = configs[plan.sink.id]!
  const batchSize = training.batchSize ?? Math.max(1, sizes.train)
  const stepsPerEpoch = Math.max(1, Math.ceil(sizes.train / batchSize))
  const validates = sizes.validation > 0
  return {
    source: plan.source.id,
    sink: plan.sink.id,
    loss: lossOf(model, end),
    sum: end['reduction'] === 'sum',
    positions: plan.target.classes === undefined ? 1 : sizeOf(plan.target.shape),
    balanced: end['classWeights'] === 'balanced' && plan.target.classes !== undefined,
    outputs: plan.prediction.at(-1) ?? 1,
    classes: plan.target.classes,
    optimizer: training.optimizer,
    schedule: training.schedule,
    clipping: training.clipping,
    rate: training.optimizer.config['learningRate'] as number,
    stepsPerEpoch,
    steps: stepsPerEpoch * training.epochs,
    epochs: training.epochs,
    batchSize,
    seed: training.seed,
    patience: training.patience,
    restoreBest: training.restoreBest,
    monitor: validates ? 'val_loss' : 'loss',
    validates,
    tests: sizes.test > 0,
    copies: described.copies === true,
    lacks: lacking(model)
  }
}

/** An answer that has gone through the loss' own activation is no logit any more, whatever the loss is told. */
function lossOf(model: ExportModel, end: Config): Part {
  const loss = end['loss'] as Part
  const last = model.configs[answeringNode(model)]!['activation'] as Part | undefined
  if (!last || !activations[last.type]!.logits || loss.config['fromLogits'] !== true) return loss
  return { ...loss, config: { ...loss.config, fromLogits: false } }
}

function lacking({ document, derivation }: ExportModel): readonly string[] {
  const { stopAt } = document.training
  const changed = augmentationWords(document.data, derivation.data)
  return [
    ...(changed === undefined
      ? []
      : [`Pictures are not changed while it learns, as Netloom does: ${changed}.`]),
    ...(stopAt.steps === null ? [] : [`It does not stop after ${stopAt.steps} updates.`]),
    ...(stopAt.seconds === null ? [] : [`It does not stop after ${stopAt.seconds} seconds.`]),
    ...(stopAt.loss === null ? [] : [`It does not stop at a loss of ${stopAt.loss}.`])
  ]
}
