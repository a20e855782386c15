import { defineSchedule } from '../define'
import { kerasSchedule } from '../kerasSchedule'
import { finalShare } from '../sharedFields'
import { cosineFactor } from '../cosineFactor'

/** η · (α + (1 − α) · ½ (1 + cos(π · step / steps))). Keras: CosineDecay over all planned steps. */
export default defineSchedule({
  type: 'cosine',
  title: 'Cosine',
  summary: 'Lowers the learning rate along a half wave that ends where training ends.',
  fields: { alpha: finalShare },
  formula: 'η · (α + (1 − α) · ½(1 + cos π·s/S))',
  keras: ({ alpha }, { rate, steps }) =>
    kerasSchedule('CosineDecay', { initial_learning_rate: rate, decay_steps: steps, alpha }),
  factor: ({ alpha }, { step, steps }) => cosineFactor(alpha, step, steps)
})
