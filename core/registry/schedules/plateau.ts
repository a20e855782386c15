import { defineSchedule } from '../define'
import { lowerTo } from '../sharedFields'

/**
 * Lowers the rate when the judged loss has not become better by `minDelta` for `patience` epochs. After that it does
 * not count for `cooldown` epochs. Keras: ReduceLROnPlateau, where `minimum` is a rate instead of a share.
 */
export default defineSchedule({
  type: 'plateau',
  title: 'On a plateau',
  summary: 'Lowers the learning rate when the loss has stopped falling.',
  fields: {
    factor: { ...lowerTo, default: 0.1 },
    patience: {
      kind: 'int',
      label: 'Patience',
      help: 'How many epochs in a row may pass without a better loss.',
      default: 10,
      min: 1,
      max: 1_000_000,
      unit: 'epochs',
      hot: true
    },
    minDelta: {
      kind: 'float',
      label: 'Counts as better',
      help: 'How much the loss has to fall to count as better.',
      default: 0.0001,
      min: 0,
      max: 1000,
      scale: 'log',
      advanced: true,
      hot: true
    },
    cooldown: {
      kind: 'int',
      label: 'Rest',
      help: 'How many epochs are not counted after the learning rate was lowered.',
      default: 0,
      min: 0,
      max: 1_000_000,
      unit: 'epochs',
      advanced: true,
      hot: true
    },
    minimum: {
      kind: 'float',
      label: 'Lowest share',
      help: 'The share of the learning rate that it is never lowered beyond.',
      default: 0,
      min: 0,
      max: 1,
      step: 0.01,
      advanced: true,
      hot: true
    }
  },
  formula: 'η · factor^(number of plateaus)',
  keras: ({ factor, patience, minDelta, cooldown, minimum }, { rate, monitor }) => ({
    callback: {
      module: 'callbacks',
      class: 'ReduceLROnPlateau',
      config: {
        monitor,
        factor,
        patience,
        min_delta: minDelta,
        cooldown,
        min_lr: minimum * rate
      }
    }
  }),
  factor: ({ factor, patience, minDelta, cooldown, minimum }, { losses }) => {
    let rate = 1
    let best: number | undefined
    let waited = 0
    let resting = 0
    for (const loss of losses) {
      if (resting > 0) {
        resting--
        waited = 0
      }
      if (best === undefined || loss + minDelta < best) {
        best = loss
        waited = 0
      } else if (resting === 0 && ++waited >= patience && rate > minimum) {
        rate = Math.max(rate * factor, minimum)
        resting = cooldown
        waited = 0
      }
    }
    return rate
  }
})
