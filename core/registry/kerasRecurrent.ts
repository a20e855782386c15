import type { KerasConfig, KerasContext } from './define'
import { kerasKernel } from './kernelFields'
import type { CellType, RecurrentConfig } from './recurrentFields'

/** Keras' classes of layers with these cells. */
export const KERAS_CELLS = { simpleRnn: 'SimpleRNN', lstm: 'LSTM', gru: 'GRU' } as const

/** The settings of a recurrent layer in Keras. */
export function kerasRecurrent(
  cell: CellType,
  context: Pick<
    KerasContext,
    'initializer' | 'regularizer' | 'constraint' | 'activation' | 'dialect' | 'refuse'
  > & { readonly config: RecurrentConfig }
): KerasConfig {
  const { config, initializer, regularizer, constraint, activation, dialect, refuse } = context
  const { recurrentActivation, unitForgetBias = true, resetAfter = true } = config
  if (cell === 'gru' && dialect === 'tfjs' && resetAfter)
    refuse('resets its memory after the product, which TensorFlow.js cannot')
  return {
    units: config.units,
    activation: activation(config.activation),
    ...(cell === 'simpleRnn' || !recurrentActivation
      ? {}
      : { recurrent_activation: activation(recurrentActivation) }),
    ...kerasKernel(context, 2),
    recurrent_initializer: initializer(config.recurrentInitializer),
    recurrent_regularizer: regularizer(config.recurrentRegularizer),
    recurrent_constraint: constraint(config.recurrentConstraint, 2),
    dropout: config.dropout,
    recurrent_dropout: config.recurrentDropout,
    return_sequences: config.returnSequences,
    return_state: false,
    stateful: false,
    unroll: false,
    ...(cell === 'lstm' ? { unit_forget_bias: unitForgetBias } : {}),
    ...(cell === 'gru' ? { reset_after: resetAfter } : {})
  }
}
