import { applyEdit } from '../document/edits'
import { encodeDrawing } from '../data/points/drawing'
import type { Document } from '../document/schema'
import { part } from '../registry/define'
import { sources } from '../registry'
import { fullPart } from '../registry/complete'
import { chainProject } from './chainProject'
import { textDocument } from './textProject'

/** A project to start from. */
export interface Template {
  readonly id: string
  readonly title: string
  /** What there is to see, in one line. */
  readonly summary: string
  readonly document: Document
}

const split = { train: 0.5, test: 0 }
const softmax2 = ['output', 'dense', { units: 2, activation: part('softmax') }] as const

// In the first project: without it, and with smaller steps, some starts end in fencing in only one moon. In the
// spiral: without it the arms are learned by heart.
const light = part('l2', { rate: 0.001 })

/** The first project: what "Train now" on the start screen opens. */
export const firstProject: Document = chainProject({
  name: 'Two moons',
  source: part('moons', { samples: 200, noise: 0.2 }),
  // On these points three neurons find the curve from any start; on some others they get stuck now and then.
  dataSeed: 1,
  split,
  layers: [
    ['hidden', 'dense', { units: 3, kernelRegularizer: light }],
    ['output', 'dense', { units: 2, activation: part('softmax'), kernelRegularizer: light }]
  ],
  optimizer: part('adam', { learningRate: 0.1 }),
  epochs: 1000,
  pace: 'normal'
})

/** Something to begin with: a crowd, and another one around a corner of it. */
const startingDrawing = encodeDrawing({
  classes: 2,
  points: Array.from({ length: 40 }, (_, i) => {
    const label = i % 2
    // Turned by the golden angle each time, places never line up.
    const angle = 2.39996 * i
    const radius = 1.6 * Math.sqrt((i + 0.5) / 40)
    const along = (i / 40 - 0.5) * Math.PI
    return label === 0
      ? { x: -1.5 + radius * Math.cos(angle), y: -0.5 + radius * Math.sin(angle), label }
      : {
          x: -1.5 + (3.6 + 0.25 * radius) * Math.cos(along),
          y: (3.4 + 0.3 * radius) * Math.sin(along),
          label
        }
  })
})

/** The network is as wide as the fables have characters. */
function fablesProject(): Document {
  const source = part('fables', { lowerCase: true, every: 10 })
  const described = sources['fables']!.describe(fullPart('source', source).config, {})
  if ('code' in described) throw new Error(described.message)
  return textDocument({ name: 'Fables', source, split: { train: 0.9, test: 0 }, epochs: 150 }, 64, {
    symbols: described.symbols!.length,
    classes: described.classes.length
  })
}

/** A canvas with data and nothing else. */
export const emptyProject: Document = applyEdit(
  chainProject({
    name: 'Untitled',
    source: part('moons', {}),
    split,
    layers: [],
    optimizer: part('adam', {}),
    epochs: 1000
  }),
  { kind: 'remove', nodes: ['target'], edges: [] }
)

/** In the order of the start screen. */
export const templates: readonly Template[] = [
  {
    id: 'two-moons',
    title: 'Two moons',
    summary: 'Three neurons find the curve between two crowds',
    document: firstProject
  },
  {
    id: 'circle',
    title: 'Circle',
    summary: 'Fence in the crowd in the middle',
    document: chainProject({
      name: 'Circle',
      source: part('circle', { samples: 300, noise: 0.1 }),
      split,
      layers: [['hidden', 'dense', { units: 4 }], softmax2],
      optimizer: part('adam', { learningRate: 0.03 }),
      epochs: 600
    })
  },
  {
    id: 'checkerboard',
    title: 'Checkerboard',
    summary: 'No single line can part four squares',
    document: chainProject({
      name: 'Checkerboard',
      source: part('xor', { samples: 300, noise: 0.1 }),
      split,
      layers: [['hidden', 'dense', { units: 6 }], softmax2],
      optimizer: part('adam', { learningRate: 0.03 }),
      epochs: 600
    })
  },
  {
    id: 'two-clouds',
    title: 'Two clouds',
    summary: 'The easy one: no hidden layer needed',
    document: chainProject({
      name: 'Two clouds',
      source: part('gauss', { samples: 300, noise: 0.1 }),
      split,
      layers: [softmax2],
      optimizer: part('sgd', { learningRate: 0.1 }),
      epochs: 200
    })
  },
  {
    id: 'spiral',
    title: 'Spiral',
    summary: 'Two arms, two layers, some patience',
    document: chainProject({
      name: 'Spiral',
      source: part('spiral', { samples: 400, noise: 0.2 }),
      split,
      layers: [
        ['hidden', 'dense', { units: 8, kernelRegularizer: light }],
        ['hidden2', 'dense', { units: 8, kernelRegularizer: light }],
        ['output', 'dense', { units: 2, activation: part('softmax'), kernelRegularizer: light }]
      ],
      optimizer: part('adam', { learningRate: 0.02 }),
      epochs: 1500
    })
  },
  {
    id: 'blobs',
    title: 'Blobs',
    summary: 'More than two classes at once',
    document: chainProject({
      name: 'Blobs',
      source: part('blobs', { samples: 400, classes: 5 }),
      split,
      layers: [
        ['hidden', 'dense', { units: 8 }],
        ['output', 'dense', { units: 5, activation: part('softmax') }]
      ],
      optimizer: part('adam', { learningRate: 0.02 }),
      epochs: 500
    })
  },
  {
    id: 'drawn',
    title: 'Draw your own',
    summary: 'Points of any class, also while it trains',
    document: chainProject({
      name: 'Drawn points',
      source: part('drawn', { drawing: startingDrawing }),
      split,
      layers: [['hidden', 'dense', { units: 4 }], softmax2],
      optimizer: part('adam', { learningRate: 0.03 }),
      epochs: 20_000,
      pace: 'normal'
    })
  },
  {
    id: 'fables',
    title: 'Fables',
    summary: 'Reads a text and learns to write on',
    document: fablesProject()
  }
]
