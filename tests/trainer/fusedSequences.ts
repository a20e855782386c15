import type { Document } from '@core/document/schema'
import { lessonProjectOf } from '@core/lessons/projects'
import { part } from '@core/registry/define'
import { chainProject, type ChainProject } from '@core/templates/chainProject'
import { withSettings } from './support'

const wave = (task: string) => part('waves', { task, samples: 60, steps: 12, noise: 0.1 })
const sums = part('binaryAddition', { samples: 60, bits: 6 })
const adam = part('adam', { learningRate: 0.01 })
const l1l2 = part('l1l2', { l1: 0.003, l2: 0.01 })

/** A small project with sequences. */
export const sequenceChain = (
  changes: Pick<ChainProject, 'source' | 'layers'> & Partial<ChainProject>
): Document =>
  chainProject({
    name: 'Test',
    split: { train: 0.7, test: 0 },
    optimizer: part('sgd', { learningRate: 0.05 }),
    epochs: 10,
    batchSize: 10,
    seed: 7,
    ...changes
  })

/** Projects with sequences that the engine for small networks takes: everything it knows of them, at least once. */
export const sequenceDocuments: { readonly [name: string]: Document } = {
  'the lesson of binary addition': withSettings(lessonProjectOf('binary-addition')!.document, {
    'data.source.samples': 400,
    'data.split.train': 300
  }),
  'sequences, one answer': sequenceChain({
    source: wave('classify'),
    layers: [
      ['memory', 'simpleRnn', { units: 7 }],
      ['output', 'dense', { units: 3, activation: part('softmax') }]
    ],
    optimizer: adam
  }),
  'sequences, a class at each step': sequenceChain({
    source: wave('label'),
    layers: [
      ['memory', 'simpleRnn', { units: 9, returnSequences: true, useBias: false, kernelRegularizer: l1l2 }],
      ['between', 'dense', { units: 6, activation: part('softplus') }],
      ['output', 'timeDistributed', { units: 2, activation: part('softmax') }]
    ],
    optimizer: part('rmsprop', { learningRate: 0.01 })
  }),
  'sequences, yes or no at each step, summed': sequenceChain({
    source: wave('label'),
    layers: [
      ['memory', 'simpleRnn', { units: 4, returnSequences: true, recurrentRegularizer: l1l2 }],
      ['output', 'dense', { units: 1, activation: part('linear') }]
    ],
    output: { loss: part('binaryCrossentropy', { fromLogits: true }), reduction: 'sum' },
    optimizer: part('sgd', { learningRate: 0.002 }),
    batchSize: 7
  }),
  'sequences, one memory on another, backwards': sequenceChain({
    source: sums,
    layers: [
      ['first', 'simpleRnn', { units: 5, returnSequences: true, goBackwards: true, biasRegularizer: l1l2 }],
      ['second', 'simpleRnn', { units: 6, returnSequences: true, activation: part('gaussian') }],
      ['third', 'simpleRnn', { units: 8, returnSequences: true, goBackwards: true }],
      ['output', 'dense', { units: 1, activation: part('sigmoid') }]
    ],
    output: { loss: part('meanSquaredError') }
  }),
  'sequences, memory last': sequenceChain({
    source: sums,
    layers: [
      ['first', 'dense', { units: 3, activation: part('linear') }],
      ['bend', 'activation', { activation: part('tanh') }],
      ['memory', 'simpleRnn', { units: 1, returnSequences: true, activation: part('sigmoid') }]
    ],
    output: { loss: part('meanAbsoluteError') }
  }),
  'sequences, softmax in the memory': sequenceChain({
    source: wave('classify'),
    layers: [
      ['first', 'simpleRnn', { units: 6, returnSequences: true, activation: part('softmax') }],
      ['memory', 'simpleRnn', { units: 10, goBackwards: true, activation: part('relu') }],
      ['hidden', 'dense', { units: 5, activation: part('softmax') }],
      ['output', 'dense', { units: 3, activation: part('sigmoid') }]
    ],
    output: { loss: part('halfSquaredError') },
    optimizer: adam
  }),
  'sequences, drawn from one row': sequenceChain({
    source: wave('draw'),
    layers: [
      ['repeat', 'repeatVector', { n: 12 }],
      ['memory', 'simpleRnn', { units: 5, returnSequences: true }],
      ['height', 'dense', { units: 1, activation: part('linear') }]
    ],
    output: { loss: part('meanSquaredError') }
  }),
  'sequences, the same dense layer at each repetition': sequenceChain({
    source: wave('draw'),
    layers: [
      ['repeat', 'repeatVector', { n: 12 }],
      ['hidden', 'timeDistributed', { units: 5 }],
      ['memory', 'simpleRnn', { units: 1, returnSequences: true, goBackwards: true }]
    ],
    output: { loss: part('sumOfSquares') },
    optimizer: part('sgd', { learningRate: 0.001 })
  }),
  'sequences, all rows at once': sequenceChain({
    source: wave('classify'),
    layers: [
      ['memory', 'simpleRnn', { units: 16 }],
      ['output', 'dense', { units: 3, activation: part('softmax') }]
    ],
    batchSize: null
  })
}
