import type { BoolField, ChoiceField, IntField, PartField } from '@core/registry/fields'
import { part } from '@core/registry/define'

/** The settings of training outside the optimizer, as the inspector draws them. Ranges are the document's. */
export const trainingFields = {
  optimizer: {
    kind: 'part',
    registry: 'optimizer',
    label: 'Optimizer',
    help: 'The rule that turns mistakes into better weights.',
    default: part('adam')
  } satisfies PartField,
  epochs: {
    kind: 'int',
    label: 'Epochs',
    unit: 'epochs',
    help: 'In one epoch the network sees every training point once.',
    default: 1000,
    min: 1,
    max: 10_000_000
  } satisfies IntField,
  batches: {
    kind: 'choice',
    label: 'Points at a time',
    help: 'How many points the network looks at before each step.',
    default: 'all',
    options: [
      {
        value: 'all',
        label: 'All at once',
        help: 'Looks at every training point before each step: calm and exact.'
      },
      {
        value: 'some',
        label: 'In groups',
        help: 'Takes a step after each group: quicker, and a little restless.'
      }
    ]
  } satisfies ChoiceField,
  batchSize: {
    kind: 'int',
    label: 'Group size',
    unit: 'points',
    help: '32 suits most data.',
    default: 32,
    min: 1,
    max: 1_000_000
  } satisfies IntField,
  stopEarly: {
    kind: 'bool',
    label: 'Stop early',
    help: 'Stops when new points are no longer handled better.',
    default: false
  } satisfies BoolField,
  patience: {
    kind: 'int',
    label: 'Patience',
    unit: 'epochs',
    help: 'How many epochs to wait for a better loss on new points.',
    default: 100,
    min: 1,
    max: 1_000_000
  } satisfies IntField,
  seed: {
    kind: 'int',
    label: 'Seed',
    help: 'The same seed gives the same random start, so a run can be repeated.',
    default: 0,
    min: 0,
    max: 0xffffffff
  } satisfies IntField,
  engine: {
    kind: 'choice',
    label: 'Engine',
    help: 'What does the arithmetic. The results are the same.',
    default: 'auto',
    options: [
      { value: 'auto', label: 'Automatic', help: 'Native TensorFlow where it is there, else WebAssembly.' },
      {
        value: 'native',
        label: 'Native TensorFlow',
        help: 'Built for this computer’s processor. The fastest.'
      },
      { value: 'wasm', label: 'WebAssembly', help: 'Runs on every computer, at a slower pace.' }
    ]
  } satisfies ChoiceField
}
