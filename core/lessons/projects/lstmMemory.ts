import type { Document } from '../../document/schema'
import { part } from '../../registry/define'
import { chainProject } from '../../templates/chainProject'
import { atLeast, atMost, seeds, type LessonProject, type Plan } from './define'

/** The same network with another kind of memory. */
const withMemory = (type: 'lstm' | 'gru' | 'simpleRnn'): Document =>
  chainProject({
    name: 'A long memory',
    source: part('memory', { samples: 2500, symbols: 4, gap: 30 }),
    split: { train: 2000, test: 0 },
    layers: [
      ['memory', type, { units: 32 }],
      ['output', 'dense', { units: 4, activation: part('softmax') }]
    ],
    optimizer: part('adam', { learningRate: 0.005 }),
    clipping: part('globalNorm', { norm: 1 }),
    epochs: 30,
    batchSize: 64,
    pinned: ['data.source.gap'],
    lesson: 'lstm-memory'
  })

const planOf = (count: number, kinds: readonly ('lstm' | 'gru' | 'simpleRnn')[]): Plan => ({
  runs: kinds.map((kind) => ({
    name: kind,
    seeds: seeds(count),
    ...(kind === 'lstm' ? {} : { variant: kind })
  })),
  claims: kinds.map((kind) => ({
    of: kind,
    ...(kind === 'simpleRnn' ? atMost('validationAccuracy', 0.65) : atLeast('validationAccuracy', 0.95))
  }))
})

/** What an LSTM is for: the first symbol, a long gap, and the question at the end. */
export const lstmMemory: LessonProject = {
  id: 'lstm-memory',
  title: 'A long memory',
  topic: 'Sequences',
  goal: 'Remember the first of many symbols: LSTM and GRU can, a simple recurrent network cannot.',
  document: withMemory('lstm'),
  variants: { gru: withMemory('gru'), simpleRnn: withMemory('simpleRnn') },
  verify: { full: planOf(3, ['lstm', 'gru', 'simpleRnn']), quick: planOf(1, ['gru', 'simpleRnn']) }
}
