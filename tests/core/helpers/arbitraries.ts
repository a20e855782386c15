import type { PictureFolder } from '@core/data/pictureFolder'
import fc from 'fast-check'
import { DRAWN_CLASSES, encodeDrawing } from '@core/data/points/drawing'
import type { Edit } from '@core/document/edits'
import { edgeId, type Document, type Edge, type Network } from '@core/document/schema'
import { layers, parts } from '@core/registry'
import type { Config, Field, Fields, FieldValue, Part, PartKind } from '@core/registry/fields'
import { firstProject } from '@core/templates'

/** A value of the field's type, now and then out of its range. */
export function valueOf(field: Field): fc.Arbitrary<FieldValue> {
  switch (field.kind) {
    case 'int':
      return fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: field.min, max: Math.min(field.max, field.min + 40) }) },
        fc.constantFrom(field.min - 1, field.max + 1, field.min + 0.5)
      )
    case 'float':
      return fc.oneof(
        { weight: 4, arbitrary: fc.double({ min: field.min, max: field.max, noNaN: true }).map(noMinusZero) },
        fc.constantFrom(field.min - 1, field.max + 1)
      )
    case 'text':
      return fc.string({ maxLength: 20 })
    case 'bool':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...field.options.map((o) => o.value))
    case 'choices':
      return fc
        .subarray(
          field.options.map((o) => o.value),
          { minLength: 1 }
        )
        .map((names) => names.join(' '))
    case 'drawing':
      return drawing
    case 'file':
      return fc.constantFrom('', 'points.csv', 'not there.csv', 'constructor')
    case 'folder':
      return fc.constantFrom('', someFolder)
    case 'part':
      return partOf(field.registry)
    case 'columns':
      return fc.constantFrom([], [{ name: 'a column', role: 'target' as const }])
  }
}

const drawing = fc
  .record({
    classes: fc.integer({ min: DRAWN_CLASSES.least, max: DRAWN_CLASSES.most }),
    points: fc.array(
      fc.record({
        x: fc.double({ min: -7, max: 7, noNaN: true }),
        y: fc.double({ min: -7, max: 7, noNaN: true }),
        label: fc.integer({ min: 0, max: DRAWN_CLASSES.most - 1 })
      }),
      { maxLength: 12 }
    )
  })
  .map(({ classes, points }) =>
    encodeDrawing({ classes, points: points.map((p) => ({ ...p, label: p.label % classes })) })
  )

const someFolder: PictureFolder = {
  ...{ name: 'birds', key: 'a'.repeat(64), layout: 'folders', classes: ['owl', 'wren'], counts: [3, 4] },
  ...{ leftOut: 1, odd: 0, twins: 0 }
}

// JSON knows no −0.
const noMinusZero = (n: number): number => n + 0

/** Any object of a registry with any settings. */
export function partOf(kind: PartKind): fc.Arbitrary<Part> {
  return fc.oneof(
    ...Object.values(parts[kind]).map((definition) =>
      configOf(definition.fields).map((config) => ({ type: definition.type, config }))
    )
  )
}

/** Settings with every field. */
export function configOf(fields: Fields): fc.Arbitrary<Config> {
  return fc.record(Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, valueOf(f)])))
}

const position = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -300, max: 300 }) })
const layerType = fc.constantFrom(...Object.keys(layers))

function networkOf(index: number, loops: boolean): fc.Arbitrary<Network> {
  const node = layerType.chain((type) =>
    fc.record({ type: fc.constant(type), config: configOf(layers[type].fields), position })
  )
  return fc.array(node, { maxLength: 7 }).chain((nodes) => {
    const named = nodes.map((n, i) => [`n${index}x${i}`, n] as const)
    const possible: Edge[] = named.flatMap(([from, a], i) =>
      layers[a.type].outputs.flatMap((out) =>
        named.flatMap(([to, b], k) =>
          loops || k > i
            ? layers[b.type].inputs.map((port) => ({
                from: { node: from, port: out.id },
                to: { node: to, port: port.id }
              }))
            : []
        )
      )
    )
    return fc.shuffledSubarray(possible, { maxLength: Math.min(possible.length, 10) }).map((edges) => ({
      id: `network${index}`,
      name: 'Network',
      nodes: Object.fromEntries(named),
      edges: edges.filter(
        (e, i) => edges.findIndex((o) => o.to.node === e.to.node && o.to.port === e.to.port) === i
      )
    }))
  })
}

const split = fc.record({
  train: fc.oneof(fc.constantFrom(0, 0.5, 1, 60, 10_000), fc.double({ min: 0, max: 1, noNaN: true })),
  test: fc.constantFrom(0, 0.25, 0.5, 1, 100)
})

/** Any document that could be in a file, however little sense it makes. */
export function anyDocument({ loops = true } = {}): fc.Arbitrary<Document> {
  return fc
    .record({
      networks: fc.oneof(
        { weight: 3, arbitrary: fc.tuple(networkOf(0, loops)) },
        fc.tuple(networkOf(0, loops), networkOf(1, loops))
      ),
      source: partOf('source'),
      training: fc.record({
        optimizer: partOf('optimizer'),
        scheme: fc.oneof(
          { weight: 2, arbitrary: fc.constant(firstProject.training.scheme) },
          partOf('scheme')
        ),
        schedule: partOf('schedule'),
        clipping: partOf('clipping')
      }),
      split
    })
    .map(({ networks, source, training, split: parted }) => ({
      ...firstProject,
      networks,
      data: { source, seed: 1, split: parted },
      training: { ...firstProject.training, ...training }
    }))
}

/** An edit that depends on what is there when it is made. */
export type Gesture = (document: Document) => Edit

const kinds = [
  'setField',
  'setNonsense',
  'rename',
  'addNode',
  'insertBefore',
  'insertOnEdge',
  'remove',
  'duplicate',
  'connect',
  'move',
  'setData',
  'correct',
  'setTraining',
  'setView',
  'renameProject',
  'all'
] as const

/** Something a person, or a slip of the code, does to a document. */
export const anyGesture: fc.Arbitrary<Gesture> = fc
  .tuple(
    fc.constantFrom(...kinds),
    fc.array(fc.nat(999), { minLength: 4, maxLength: 4 }),
    layerType,
    position,
    fc.record({ source: partOf('source'), optimizer: partOf('optimizer'), split })
  )
  .chain(([kind, picks, type, at, settings]) =>
    configOf(layers[type].fields).map((config): Gesture => (document) => {
      const nodes = document.networks.flatMap((n) => Object.keys(n.nodes))
      const edges = document.networks.flatMap((n) => n.edges.map(edgeId))
      const node = (i: number): string => nodes[picks[i] % nodes.length] ?? 'nobody'
      const edge = (i: number): string => edges[picks[i] % edges.length] ?? 'none'
      const port = (id: string, side: 'inputs' | 'outputs', i: number): string => {
        const found = document.networks.find((n) => Object.hasOwn(n.nodes, id))
        const ports = found ? layers[found.nodes[id].type][side] : []
        return ports[picks[i] % ports.length]?.id ?? 'no port'
      }
      switch (kind) {
        case 'setField': {
          const [name, value] = Object.entries(config)[picks[1] % Object.keys(config).length] ?? ['units', 3]
          return { kind, nodeId: node(0), field: name, value }
        }
        case 'setNonsense':
          return { kind: 'setField', nodeId: node(0), field: 'units', value: Number.NaN }
        case 'rename':
          return { kind, nodeId: node(0), name: picks[1] % 3 === 0 ? ' ' : `name ${picks[1]}` }
        case 'addNode':
          return { kind, type, config, position: at, ...(picks[0] % 2 ? { id: node(1) } : {}) }
        case 'insertBefore':
          return { kind, nodeId: node(0), port: port(node(0), 'inputs', 1), type, config }
        case 'insertOnEdge':
          return { kind, edge: edge(0), type, config }
        case 'remove':
          return { kind, nodes: picks[0] % 3 ? [node(1)] : [node(1), node(2)], edges: [edge(3)] }
        case 'duplicate':
          return { kind, nodes: [node(0), node(1)] }
        case 'connect':
          return {
            kind,
            edge: {
              from: { node: node(0), port: port(node(0), 'outputs', 2) },
              to: { node: node(1), port: port(node(1), 'inputs', 3) }
            }
          }
        case 'move':
          return { kind, to: { [node(0)]: at, [node(1)]: { x: Number.NaN, y: 0 } } }
        case 'setData':
          return { kind, change: { source: settings.source, split: settings.split } }
        case 'correct':
          return {
            ...{ kind, row: picks[0] % 5 },
            ...(picks[1] % 4 === 0 ? {} : { correction: { label: picks[1] % 2 ? null : picks[2] - 1 } })
          }
        case 'setTraining':
          return { kind, change: { optimizer: settings.optimizer, epochs: picks[0] } }
        case 'setView':
          return { kind, change: { pace: picks[0] % 2 ? 'slow' : 'full' } }
        case 'renameProject':
          return { kind, name: picks[0] % 2 ? '' : `project ${picks[0]}` }
        case 'all':
          return {
            kind,
            label: 'several',
            edits: [
              { kind: 'addNode', type, config, position: at },
              { kind: 'remove', nodes: [node(0)], edges: [] }
            ]
          }
      }
    })
  )
