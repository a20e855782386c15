import type { BoolField, ChoiceField, FloatField, IntField, PartField } from '@core/registry/fields'
import { part } from '@core/registry/define'
import type { Noun } from '@core/data/noun'
import { singular } from '../shared/examples'

/** The parts of training, as the inspector draws them. */
export const partFields = {
  scheme: {
    kind: 'part',
    registry: 'scheme',
    label: 'Way of learning',
    help: 'What is done to the networks in each step.',
    default: part('supervised')
  },
  optimizer: {
    kind: 'part',
    registry: 'optimizer',
    label: 'Optimizer',
    help: 'The rule that turns mistakes into better weights.',
    default: part('adam')
  },
  schedule: {
    kind: 'part',
    registry: 'schedule',
    label: 'Learning rate over time',
    help: 'Large steps help at first, small ones at the end.',
    default: part('constant')
  },
  clipping: {
    kind: 'part',
    registry: 'clipping',
    label: 'Limit the steps',
    help: 'Keeps a step from being too large where the slope is steep.',
    default: part('none')
  }
} as const satisfies { readonly [name: string]: PartField }

/** The other settings of training, in the words for these examples. Ranges are the document's. */
export function trainingFields(noun: Noun) {
  const one = singular(noun)
  return {
    epochs: {
      kind: 'int',
      label: 'Epochs',
      unit: 'epochs',
      help: `In one epoch the network sees every training ${one} once.`,
      default: 1000,
      min: 1,
      max: 10_000_000
    } satisfies IntField,
    batches: {
      kind: 'choice',
      label: `${noun.charAt(0).toUpperCase()}${noun.slice(1)} at a time`,
      help: `How many ${noun} the network looks at before each step.`,
      default: 'all',
      options: [
        {
          value: 'all',
          label: 'All at once',
          help: `Looks at every training ${one} before each step: calm and exact.`
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
      unit: noun,
      help: '32 suits most data.',
      default: 32,
      min: 1,
      max: 1_000_000
    } satisfies IntField,
    stopEarly: {
      kind: 'bool',
      label: 'Stop early',
      help: `Stops when new ${noun} are no longer handled better.`,
      default: false
    } satisfies BoolField,
    patience: {
      kind: 'int',
      label: 'Patience',
      unit: 'epochs',
      help: `How many epochs to wait for a better loss on new ${noun}.`,
      default: 100,
      min: 1,
      max: 1_000_000
    } satisfies IntField,
    restoreBest: {
      kind: 'bool',
      label: 'Go back to the best',
      help: 'Puts the weights of the best epoch back at the end.',
      default: false
    } satisfies BoolField,
    seed: {
      kind: 'int',
      label: 'Seed',
      help: 'The same seed gives the same random start, so a run can be repeated.',
      default: 0,
      min: 0,
      max: 0xffffffff
    } satisfies IntField
  }
}

/** A limit that may be off: the switch, and the number it is set to. */
export interface LimitField {
  readonly name: 'seconds' | 'steps' | 'loss'
  readonly use: BoolField
  readonly value: IntField | FloatField
}

/** Ways to end before the epochs are over. */
export const limitFields: readonly LimitField[] = [
  {
    name: 'seconds',
    use: {
      kind: 'bool',
      label: 'Stop after a time',
      help: 'Ends when so many seconds of training are over.',
      default: false
    },
    value: {
      kind: 'float',
      label: 'Seconds',
      help: '',
      unit: 'seconds',
      default: 60,
      min: 0.1,
      max: 1_000_000,
      step: 10,
      scale: 'log'
    }
  },
  {
    name: 'steps',
    use: {
      kind: 'bool',
      label: 'Stop after some steps',
      help: 'Ends after so many updates of the weights.',
      default: false
    },
    value: {
      kind: 'int',
      label: 'Steps',
      help: '',
      unit: 'steps',
      default: 1000,
      min: 1,
      max: 1_000_000_000
    }
  },
  {
    name: 'loss',
    use: {
      kind: 'bool',
      label: 'Stop at a loss',
      help: 'Ends when the loss on what is held back is this low; without a part held back, the training loss.',
      default: false
    },
    value: {
      kind: 'float',
      label: 'Loss',
      help: '',
      default: 0.05,
      min: -1_000_000,
      max: 1_000_000,
      step: 0.01,
      scale: 'log'
    }
  }
]

/** What does the arithmetic. */
export const engineFields = {
  engine: {
    kind: 'choice',
    label: 'Engine',
    help: 'What does the arithmetic. The results are the same.',
    default: 'auto',
    options: [
      { value: 'auto', label: 'Automatic', help: 'The fastest that this network can have on this computer.' },
      {
        value: 'native',
        label: 'Native TensorFlow',
        help: 'Built for this computer’s processor. The fastest for large networks.'
      },
      {
        value: 'fused',
        label: 'Fused WebAssembly',
        help: 'One small program made for this network. The fastest for small ones of Dense and Simple RNN layers.'
      },
      { value: 'wasm', label: 'WebAssembly', help: 'Runs on every computer, at a slower pace.' }
    ]
  },
  cores: {
    kind: 'choice',
    label: 'Processor cores',
    help: 'How many may compute at the same time.',
    default: 'auto',
    options: [
      { value: 'auto', label: 'Automatic', help: 'One for small networks, all of them for large ones.' },
      { value: 'some', label: 'This many', help: 'With 1 a rerun gives the same numbers bit for bit.' }
    ]
  },
  threads: {
    kind: 'int',
    label: 'Cores',
    unit: 'cores',
    help: '',
    default: 1,
    min: 1,
    max: 64
  }
} as const satisfies { engine: ChoiceField; cores: ChoiceField; threads: IntField }
