import { part, type GivenValue } from '../../registry/define'
import { losses } from '../../registry'
import type { Part } from '../../registry/fields'
import { objectOf, isSettings, plainName } from './values'

/** What a model was trained for, as far as its last layer and its file say it. */
export interface Goal {
  readonly loss: Part
  /** 0 where the answers are numbers. */
  readonly classes: number
}

/** Losses of Keras that are one of the registry with these settings. */
const LOSSES: { readonly [plain: string]: string } = {
  meansquarederror: 'meanSquaredError',
  mse: 'meanSquaredError',
  meanabsoluteerror: 'meanAbsoluteError',
  mae: 'meanAbsoluteError',
  huber: 'huber',
  hinge: 'hinge'
}
const SORTING = /^(sparse)?categoricalcrossentropy$|^binarycrossentropy$/

/** The loss that the file says, where it says one of ours; else what suits an answer of this shape and activation. */
export function goalOf(
  compiled: GivenValue | undefined,
  shape: readonly number[],
  activation: string | undefined
): Goal {
  const given = objectOf(lossIn(compiled))
  const name = given && plainName(given.class)
  const units = shape.at(-1) ?? 1
  const sorts = units === 1 ? 2 : units
  if (name !== undefined && LOSSES[name] !== undefined && losses[LOSSES[name]])
    return { loss: part(LOSSES[name]), classes: 0 }
  if (name !== undefined && SORTING.test(name)) {
    const fromLogits = given!.settings['from_logits'] === true
    // Yes and no for each of several numbers are no classes.
    if (name === 'binarycrossentropy' && units > 1)
      return { loss: part('binaryCrossentropy', { fromLogits }), classes: 0 }
    return { loss: part('crossEntropy', { fromLogits }), classes: sorts }
  }
  if (activation === 'softmax' && units > 1) return { loss: part('crossEntropy'), classes: units }
  if (activation === 'sigmoid' && units === 1) return { loss: part('crossEntropy'), classes: 2 }
  return { loss: part('meanSquaredError'), classes: 0 }
}

/** The loss among what a model was compiled with: .keras says compile_config, .h5 training_config. */
function lossIn(compiled: GivenValue | undefined): GivenValue | undefined {
  if (!isSettings(compiled)) return undefined
  const { loss } = compiled
  return Array.isArray(loss) && loss.length === 1 ? (loss[0] as GivenValue) : loss
}
