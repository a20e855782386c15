import type { Document } from '../../document/schema'
import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, atMost, seeds, type LessonProject, type Plan } from './define'

/** About log 80, as long as the gap: gates that start open keep the first symbol until they have learned to. */
const OPEN = { biasInitializer: part('openGates', { value: 5 }) }
const memories = { lstm: { ...OPEN, unitForgetBias: false }, gru: OPEN, simpleRnn: {} } as const

/** The same network with another kind of memory. */
const withMemory = (type: keyof typeof memories): Document =>
  chainProject({
    name: 'A long memory',
    source: part('memory', { samples: 4500, symbols: 8, gap: 80 }),
    split: { train: 4000, test: 0 },
    layers: [
      ['memory', type, { units: 32, ...memories[type] }],
      ['output', 'dense', { units: 8, activation: part('softmax') }]
    ],
    optimizer: part('adam', { learningRate: 0.005 }),
    clipping: part('globalNorm', { norm: 1 }),
    epochs: 15,
    batchSize: 64,
    pinned: ['data.source.gap'],
    lesson: 'lstm-memory'
  })

const runs = (count: number, changes: { readonly [path: string]: number }): Plan['runs'] =>
  (['lstm', 'gru', 'simpleRnn'] as const).map((kind) => ({
    name: kind,
    seeds: seeds(count),
    changes,
    ...(kind === 'lstm' ? {} : { variant: kind })
  }))

const claims = (remembers: number, forgets: number): Plan['claims'] => [
  { of: 'lstm', ...atLeast('validationAccuracy', remembers) },
  { of: 'gru', ...atLeast('validationAccuracy', remembers) },
  { of: 'simpleRnn', ...atMost('validationAccuracy', forgets) }
]

/** What an LSTM is for: the first symbol, a long gap, and the question at the end. */
export const lstmMemory: LessonProject = {
  id: 'lstm-memory',
  title: 'A long memory',
  topic: 'Sequences',
  goal: 'Remember the first of many symbols: LSTM and GRU can, a simple recurrent network cannot.',
  document: withMemory('lstm'),
  variants: { gru: withMemory('gru'), simpleRnn: withMemory('simpleRnn') },
  verify: {
    full: { runs: runs(3, {}), claims: claims(0.95, 0.65) },
    // A shorter gap is learned sooner; the simple memory has not begun to when the others know more than half.
    quick: { runs: runs(1, { 'data.source.gap': 60, 'training.epochs': 3 }), claims: claims(0.6, 0.3) }
  }
}
