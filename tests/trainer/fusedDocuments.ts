import type { Document } from '@core/document/schema'
import { lessonOf } from '@core/lessons'
import { part } from '@core/registry/define'
import { templates } from '@core/templates'
import { chainProject, type ChainProject } from '@core/templates/chainProject'
import { sequenceDocuments } from './fusedSequences'
import { withSettings } from './support'

const moons = part('moons', { samples: 90, noise: 0.2 })
const plane = part('plane', { samples: 90 })
/** A small project that differs from the usual one in something. */
export const chain = (changes: Partial<ChainProject>): Document =>
  chainProject({
    name: 'Test',
    source: moons,
    split: { train: 0.7, test: 0 },
    layers: [
      ['hidden', 'dense', { units: 5 }],
      ['output', 'dense', { units: 2, activation: part('softmax') }]
    ],
    optimizer: part('sgd', { learningRate: 0.1 }),
    epochs: 10,
    batchSize: 10,
    seed: 7,
    ...changes
  })
/** A network with a single output. */
export const one = (activation: string): ChainProject['layers'] => [
  ['hidden', 'dense', { units: 5, activation: part('relu') }],
  ['output', 'dense', { units: 1, activation: part(activation) }]
]
const l1l2 = part('l1l2', { l1: 0.003, l2: 0.01 })

/** Characters are read by layers that it does not have. */
const planar = templates.filter(({ document }) => document.data.source.type !== 'fables')
/** Projects that the engine for small networks takes: everything it knows, at least once. */
export const documents: { readonly [name: string]: Document } = {
  ...sequenceDocuments,
  // Not their own starts: one of them has a slope so near 0 that Adam's steps follow how it is rounded.
  ...Object.fromEntries(
    planar.map(({ title, document }) => [title, withSettings(document, { 'training.seed': 3 })])
  ),
  'the lesson of two moons': lessonOf('moons-tanh3')!.document,
  'batches and penalties': chain({
    layers: [
      ['hidden', 'dense', { units: 5, kernelRegularizer: l1l2, biasRegularizer: l1l2 }],
      [
        'output',
        'dense',
        { units: 2, activation: part('softmax'), kernelRegularizer: part('l2', { rate: 0.01 }) }
      ]
    ]
  }),
  'dropout twice': chain({
    layers: [
      ['rest', 'dropout', { rate: 0.1 }],
      ['hidden', 'dense', { units: 9 }],
      ['rest2', 'dropout', { rate: 0.4 }],
      ['output', 'dense', { units: 2, activation: part('softmax') }]
    ]
  }),
  'activations of their own': chain({
    layers: [
      ['hidden', 'dense', { units: 5, activation: part('linear') }],
      ['bend', 'activation', { activation: part('leakyRelu', { negativeSlope: 0.1 }) }],
      ['output', 'dense', { units: 2, activation: part('linear') }],
      ['shares', 'activation', { activation: part('softmax') }]
    ]
  }),
  'logits, smoothed': chain({
    layers: [
      ['hidden', 'dense', { units: 5, useBias: false }],
      ['output', 'dense', { units: 2, activation: part('linear') }]
    ],
    output: { loss: part('crossEntropy', { fromLogits: true, labelSmoothing: 0.2 }) }
  }),
  'pictures, unrolled': chain({
    source: part('pictures', { samples: 60 }),
    layers: [
      ['flat', 'flatten', {}],
      ['output', 'dense', { units: 2, activation: part('softmax') }]
    ],
    optimizer: part('sgd', { learningRate: 0.01 })
  }),
  'many rows': chain({ source: part('moons', { samples: 2500, noise: 0.2 }), batchSize: 1200 }),
  'one output': chain({ layers: one('sigmoid') }),
  'one output as logits, smoothed': chain({
    layers: one('linear'),
    output: { loss: part('binaryCrossentropy', { fromLogits: true, labelSmoothing: 0.1 }), reduction: 'sum' },
    optimizer: part('sgd', { learningRate: 0.01 })
  }),
  'squares of tanh': chain({ layers: one('tanh'), output: { loss: part('meanSquaredError') } }),
  'half squares of sigmoids': chain({
    layers: [['output', 'dense', { units: 2, activation: part('sigmoid') }]],
    output: { loss: part('halfSquaredError') },
    optimizer: part('previousGradient', { learningRate: 0.1, momentum: 0.05 })
  }),
  hinge: chain({ layers: one('linear'), output: { loss: part('hinge') } }),
  'perceptron rule': chain({ layers: one('step'), output: { loss: part('perceptron') } }),
  'numbers, Huber': chain({
    source: plane,
    layers: one('linear'),
    output: { loss: part('huber', { delta: 0.3 }) }
  }),
  'numbers, absolute': chain({
    source: plane,
    layers: one('tanh'),
    output: { loss: part('meanAbsoluteError') },
    // Small steps: where a miss changes sides, its slope jumps.
    optimizer: part('sgd', { learningRate: 0.005 })
  }),
  'numbers, summed squares': chain({
    source: plane,
    layers: one('linear'),
    output: { loss: part('sumOfSquares') },
    optimizer: part('sgd', { learningRate: 0.01, momentum: 0.5, nesterov: true })
  }),
  ...Object.fromEntries(
    [
      part('adam', { learningRate: 0.02 }),
      part('adamW', { learningRate: 0.02, weightDecay: 0.05 }),
      part('rmsprop', { learningRate: 0.01 }),
      part('rmsprop', { learningRate: 0.01, momentum: 0.5, centered: true }),
      part('adagrad', { learningRate: 0.1 })
    ].map((optimizer, i) => [`${optimizer.type} (${i})`, chain({ optimizer })])
  )
}
