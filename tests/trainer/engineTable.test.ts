import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Document, Edge } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { layers, sources } from '@core/registry'
import { part, type LayerDefinition } from '@core/registry/define'
import { fullConfig } from '@core/registry/complete'
import { chainProject } from '@core/templates/chainProject'
import { chooseEngine } from '@trainer/engines/choose'
import { expect, test, vi } from 'vitest'
import { engines } from './support'

const docs = readFileSync(resolve(import.meta.dirname, '../../docs/engine.md'), 'utf8')

/** A project with this layer between data of the shape its example has and a dense layer. */
function projectWith(layer: LayerDefinition): Document {
  const example = layer.examples[0]!
  const { shape } = example.inputs['input'] as { readonly shape: readonly number[] }
  // Behind a sequence something reads it; a picture is unrolled.
  const steps = Object.values(example.outputs).some((s) => s.kind === 'numbers' && s.shape.length === 2)
  const plain = chainProject({
    name: layer.title,
    source: part('moons'),
    split: { train: 1, test: 0 },
    layers: [
      // An activation or dropout is behind a layer, not behind the data.
      ...(layer.weights || shape.length > 1
        ? []
        : [['first', 'dense', { units: shape[0]!, activation: part('linear') }] as const]),
      ['it', layer.type, example.config],
      steps ? ['flat', 'simpleRnn', { units: 4 }] : ['flat', 'flatten', {}],
      ['last', 'dense', { units: 2, activation: part('softmax') }]
    ],
    optimizer: part('sgd'),
    epochs: 1
  })
  const [network] = plain.networks
  // A layer that is given a row needs no flattening behind it, and not every engine has that.
  const rows = Object.values(example.outputs).every((s) => s.kind !== 'numbers' || s.shape.length === 1)
  const more = layer.inputs
    .slice(1)
    .filter(({ id }) => example.inputs[id])
    .map(({ id }): Edge => ({ from: { node: 'data', port: 'features' }, to: { node: 'it', port: id } }))
  const edges = [...network!.edges, ...more]
  const { flat: _flat, ...nodes } = network!.nodes
  return {
    ...plain,
    networks: [
      rows
        ? {
            ...network!,
            nodes,
            edges: [
              ...edges.filter(({ from, to }) => from.node !== 'flat' && to.node !== 'flat'),
              { from: { node: 'it', port: 'output' }, to: { node: 'last', port: 'input' } }
            ]
          }
        : { ...network!, edges }
    ]
  }
}

test.skipIf(!engines.includes('native'))(
  'docs/engine.md says for each layer which engines run it',
  async () => {
    const rows: string[] = []
    for (const layer of Object.values(layers).filter(
      ({ role, type }) => role === 'layer' && type !== 'rbm'
    )) {
      const { shape } = layer.examples[0]!.inputs['input'] as { readonly shape: readonly number[] }
      const describe = vi.spyOn(sources['moons']!, 'describe').mockReturnValue({
        features: [],
        classes: ['a', 'b'],
        shape,
        target: { classes: 2, shape: [] },
        rows: 40
      })
      const document = projectWith(layer)
      expect(fullConfig(layer.fields, layer.examples[0]!.config)).toEqual(
        document.networks[0]!.nodes['it']!.config
      )
      const derivation = derive(document, {})
      expect(derivation.problems, layer.type).toEqual([])
      const runs = []
      for (const name of ['native', 'wasm', 'fused'] as const) {
        const problem = (await chooseEngine(name)).supports(document, derivation)
        if (problem) expect(problem.message).toMatch(/^\p{Lu}.*\.$/u)
        runs.push(problem ? '–' : '✓')
      }
      describe.mockRestore()
      rows.push(`| ${layer.title} | ${runs.join(' | ')} |`)
    }
    const table = ['| Layer | native | wasm | fused |', '|---|---|---|---|', ...rows].join('\n')
    expect(docs).toContain(table)
  }
)
