import { describe, expect, test } from 'vitest'
import { makeDataset } from '@core/data/dataset'
import { readDocument } from '@core/document/parse'
import { DOCUMENT_VERSION } from '@core/document/schema'
import { derive } from '@core/graph/derive'

/** Two moons as version 1 wrote them: the answers leave the data by a port called classes. */
const version1 = {
  format: 'netloom',
  version: 1,
  name: 'Two moons',
  networks: [
    {
      id: 'network',
      name: 'Network',
      nodes: {
        data: { type: 'data', config: {}, position: { x: 0, y: 0 } },
        hidden: {
          type: 'dense',
          config: {
            units: 3,
            activation: { type: 'tanh', config: {} },
            useBias: true,
            kernelInitializer: { type: 'glorotUniform', config: {} },
            biasInitializer: { type: 'zeros', config: {} },
            kernelRegularizer: { type: 'l2', config: { rate: 0.001 } },
            biasRegularizer: { type: 'none', config: {} }
          },
          position: { x: 204, y: 0 }
        },
        output: {
          type: 'dense',
          config: { units: 2, activation: { type: 'softmax', config: {} } },
          position: { x: 408, y: 0 }
        },
        target: {
          type: 'output',
          config: {
            loss: { type: 'crossEntropy', config: {} },
            reduction: 'mean',
            classWeights: 'equal'
          },
          position: { x: 612, y: 0 }
        }
      },
      edges: [
        { from: { node: 'data', port: 'features' }, to: { node: 'hidden', port: 'input' } },
        { from: { node: 'hidden', port: 'output' }, to: { node: 'output', port: 'input' } },
        { from: { node: 'output', port: 'output' }, to: { node: 'target', port: 'prediction' } },
        { from: { node: 'data', port: 'classes' }, to: { node: 'target', port: 'target' } }
      ]
    }
  ],
  data: {
    source: { type: 'moons', config: { samples: 200, noise: 0.2 } },
    seed: 1,
    split: { train: 0.5, test: 0 }
  },
  training: {
    optimizer: { type: 'adam', config: { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } },
    epochs: 1000,
    batchSize: null,
    seed: 0,
    engine: 'auto',
    patience: 20
  },
  view: { pace: 'normal', pinned: [] },
  lesson: 'moons-tanh3'
}

describe('a document of version 1', () => {
  const read = readDocument(version1)
  if (!read.ok) throw new Error(read.problems.map((p) => p.message).join('\n'))
  const document = read.value

  test('is raised to this version', () => {
    expect(document.version).toBe(DOCUMENT_VERSION)
    expect(document.networks[0].edges.at(-1)).toEqual({
      from: { node: 'data', port: 'target' },
      to: { node: 'target', port: 'target' }
    })
  })

  test('keeps what it said', () => {
    expect(document.training).toMatchObject(version1.training)
    expect(document.data).toMatchObject(version1.data)
    expect(document.lesson).toBe('moons-tanh3')
    for (const [id, node] of Object.entries(version1.networks[0].nodes))
      expect(document.networks[0].nodes[id]).toMatchObject(node)
  })

  test('learns as it did: nothing that came later is switched on', () => {
    expect(document.training).toMatchObject({
      scheme: { type: 'supervised' },
      schedule: { type: 'constant' },
      clipping: { type: 'none' },
      threads: null,
      restoreBest: false,
      stopAt: { steps: null, seconds: null, loss: null }
    })
  })

  test('can be trained', () => {
    expect(derive(document, {}).problems).toEqual([])
    expect(makeDataset(document.data, {}).ok).toBe(true)
  })
})

test('a port called classes that is not the data’s is left alone, and refused', () => {
  const edges = version1.networks[0].edges.map(({ from, to }) => ({
    from: { ...from, port: from.node === 'hidden' ? 'classes' : from.port },
    to
  }))
  const read = readDocument({ ...version1, networks: [{ ...version1.networks[0], edges }] })
  expect(!read.ok && read.problems.map((p) => p.field)).toEqual(['networks.0.edges.1.from'])
})

test.each([[null], [[null, 3]], [[{ nodes: 'none', edges: [{ from: null }] }]]])(
  'networks that are %o are refused in words, not with an error',
  (networks) => {
    const read = readDocument({ ...version1, networks })
    expect(!read.ok && read.problems.length).toBeGreaterThan(0)
  }
)
