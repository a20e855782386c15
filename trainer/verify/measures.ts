import type { PartName } from '@core/data/dataset'
import { fromBits } from '@core/data/sequences'
import { sizeOf } from '@core/graph/signal'
import type { MeasureId } from '@core/lessons/projects'
import type { EpochPoint, RunEvent } from '@core/run/events'
import { judged } from '@core/run/state'
import type { Model } from '../model'
import { classesDrawn, modesFound, nearModes } from './madeUp'

/** A training that is over. */
export interface Trained {
  readonly model: Model
  readonly history: readonly EpochPoint[]
  readonly ended: Extract<RunEvent, { type: 'ended' }>
  /** The loss on examples that are not learned from, before the first update. */
  readonly untrainedLoss: number
}

/** A measured number, and lines to show beside it. */
export interface Measured {
  readonly value: number
  readonly lines?: readonly string[]
}

/** Something that can be measured of a trained network. */
interface Measure {
  readonly title: string
  /** Told as a share of all (percent) or as a plain number. */
  readonly unit: 'share' | 'number'
  readonly of: (trained: Trained) => number | Measured | Promise<Measured>
  /** The number of an earlier epoch, where each epoch has it. */
  readonly at?: (point: EpochPoint) => number | undefined
}

/** Everything that a lesson can claim a number of. */
export const measures: { readonly [M in MeasureId]: Measure } = {
  trainAccuracy: {
    title: 'accuracy on training examples',
    unit: 'share',
    of: accuracy('train'),
    at: ({ trainAccuracy, accuracy }) => trainAccuracy ?? accuracy
  },
  validationAccuracy: {
    title: 'accuracy on new examples',
    unit: 'share',
    of: accuracy('validation'),
    at: ({ valAccuracy }) => valAccuracy
  },
  testAccuracy: { title: 'accuracy on test examples', unit: 'share', of: accuracy('test') },
  trainLoss: {
    title: 'loss on training examples',
    unit: 'number',
    of: loss('train'),
    at: ({ trainLoss, loss }) => trainLoss ?? loss
  },
  validationLoss: {
    title: 'loss on new examples',
    unit: 'number',
    of: loss('validation'),
    at: ({ valLoss }) => valLoss
  },
  testLoss: { title: 'loss on test examples', unit: 'number', of: loss('test') },
  untrainedLoss: {
    title: 'loss before training',
    unit: 'number',
    of: ({ untrainedLoss }) => untrainedLoss
  },
  lossShare: {
    title: 'training loss at the end, as a share of the first',
    unit: 'number',
    of: ({ history }) => trainingLoss(history.at(-1)) / trainingLoss(history[0])
  },
  lossOverBest: {
    title: 'loss on new examples at the end, over its best',
    unit: 'number',
    of: ({ model, history }) => judged(history.at(-1)!) / (model.best?.loss ?? NaN)
  },
  bestEpoch: { title: 'best epoch', unit: 'number', of: ({ model }) => model.best?.epoch ?? NaN },
  gap: {
    title: 'gap between training and new examples',
    unit: 'share',
    of: (trained) => accuracy('train')(trained) - accuracy('validation')(trained)
  },
  perfectEpoch: {
    title: 'first epoch without a mistake',
    unit: 'number',
    of: ({ history }) => history.find(({ trainAccuracy }) => trainAccuracy === 1)?.epoch ?? Infinity
  },
  diverged: {
    title: 'diverged (1 is yes)',
    unit: 'number',
    of: ({ ended, history }) =>
      Number(ended.how === 'diverged' || trainingLoss(history.at(-1)) > 10 * trainingLoss(history[0]))
  },
  rises: { title: 'rises of the loss in ten looks', unit: 'number', of: rises },
  rightSums: { title: 'right sums', unit: 'share', of: rightSums },
  classesShown: {
    title: 'kinds among the examples',
    unit: 'number',
    of: ({ model: { dataset } }) => new Set(dataset.y).size
  },
  answerToOnes: {
    title: 'answer to ones',
    unit: 'number',
    of: ({ model: { network, plan, dataset } }) => {
      const points = new Float32Array(sizeOf(dataset.shape)).fill(1)
      const answers = network.activations({ points, unitLimit: 1 })
      const last = plan.nodes.filter(({ units }) => units > 0).at(-1)!
      return answers[last.id]!.values[0]!
    }
  },
  errorShare: {
    title: 'error at the end, as a share of that before training',
    unit: 'number',
    of: ({ model, untrainedLoss }) => model.network.evaluate('train').loss / untrainedLoss
  },
  modesFound: { title: 'clouds that are found', unit: 'number', of: modesFound },
  nearModes: { title: 'made-up points in a cloud', unit: 'share', of: nearModes },
  classesDrawn: { title: 'digits that are drawn', unit: 'number', of: classesDrawn }
}

function accuracy(part: PartName) {
  return ({ model }: Trained): number => model.network.evaluate(part).accuracy ?? NaN
}

function loss(part: PartName) {
  return ({ model }: Trained): number => model.network.evaluate(part).loss
}

/** The loss of the training part after an epoch. */
function trainingLoss(point: EpochPoint | undefined): number {
  return point?.trainLoss ?? point?.loss ?? NaN
}

const LOOKS = 10

/** How often the loss was higher than a look before, with ten looks in even distances. */
function rises({ history }: Trained): number {
  const last = history.at(-1)?.epoch ?? 0
  const looks = Array.from({ length: LOOKS }, (_, i) => Math.round((last * (i + 1)) / LOOKS))
  const losses = looks.map((epoch) => trainingLoss(history.findLast((point) => point.epoch <= epoch)))
  return losses.filter((value, i) => i > 0 && value > losses[i - 1]!).length
}

const SHOWN_SUMS = 5

/** The share of new sums of which every digit is right, and some of them as a person writes them. */
function rightSums({ model: { network, dataset } }: Trained): Measured {
  const rows = dataset.parts.validation
  const bits = dataset.shape[0]!
  const answers = network.predict('validation')
  const sums = [...rows].map((row, i) => {
    const number = (k: number): number =>
      fromBits(Array.from({ length: bits }, (_, step) => dataset.x[(row * bits + step) * 2 + k]!))
    return { a: number(0), b: number(1), answer: fromBits(answers.subarray(i * bits, (i + 1) * bits)) }
  })
  return {
    value: sums.filter(({ a, b, answer }) => a + b === answer).length / sums.length,
    lines: sums
      .slice(0, SHOWN_SUMS)
      .map(({ a, b, answer }) => `${a} + ${b} = ${answer}${a + b === answer ? '' : ` (it is ${a + b})`}`)
  }
}
