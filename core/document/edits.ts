import { keepsRows, withCorrection, type Correction } from '../data/corrections'
import { layers } from '../registry'
import { completeValue } from '../registry/complete'
import type { Config, FieldValue } from '../registry/fields'
import type { Problem } from '../result'
import { readDocument } from './parse'
import {
  connect,
  duplicate,
  freeId,
  insertBefore,
  insertOnEdge,
  makeNode,
  mapNetwork,
  remove
} from './rewire'
import { networkOf, type Document, type Edge, type NetworkNode } from './schema'

export { closesLoop, freeId, NODE_PITCH } from './rewire'

/** One thing a person does to a document. Plain data, so that fixes, undo and tests share it. */
export type Edit =
  | { readonly kind: 'setField'; readonly nodeId: string; readonly field: string; readonly value: FieldValue }
  | { readonly kind: 'rename'; readonly nodeId: string; readonly name: string }
  /** Keeps a node's weights as they are while the rest learns, or lets them learn again. */
  | { readonly kind: 'freeze'; readonly nodeId: string; readonly frozen: boolean }
  | {
      readonly kind: 'addNode'
      readonly network?: string
      readonly type: string
      readonly config?: Config
      readonly position: { readonly x: number; readonly y: number }
      /** An id of the caller's choice, where it is free; else one is made from the type. */
      readonly id?: string
    }
  | {
      readonly kind: 'insertBefore'
      readonly nodeId: string
      readonly port: string
      readonly type: string
      readonly config?: Config
    }
  | { readonly kind: 'insertOnEdge'; readonly edge: string; readonly type: string; readonly config?: Config }
  | { readonly kind: 'remove'; readonly nodes: readonly string[]; readonly edges: readonly string[] }
  | { readonly kind: 'duplicate'; readonly nodes: readonly string[] }
  | { readonly kind: 'connect'; readonly edge: Edge }
  | {
      readonly kind: 'move'
      readonly to: { readonly [nodeId: string]: { readonly x: number; readonly y: number } }
    }
  | { readonly kind: 'setData'; readonly change: Partial<Document['data']> }
  /** Gives a row of the data another class, leaves it out (`label` null), or takes back what was done to it. */
  | { readonly kind: 'correct'; readonly row: number; readonly correction?: Omit<Correction, 'row'> }
  | { readonly kind: 'setTraining'; readonly change: Partial<Document['training']> }
  | { readonly kind: 'setView'; readonly change: Partial<Document['view']> }
  | { readonly kind: 'renameProject'; readonly name: string }
  | { readonly kind: 'all'; readonly label: string; readonly edits: readonly Edit[] }

/**
 * The document after the edit. What did not change is shared with the one before; the same document where the edit
 * changes nothing, or cannot be done because what it names is not there or a value has the wrong type.
 */
export function applyEdit(document: Document, edit: Edit): Document {
  switch (edit.kind) {
    case 'setField':
      return mapNode(document, edit.nodeId, (node) => setField(node, edit.field, edit.value))
    case 'rename':
      return mapNode(document, edit.nodeId, (node) => rename(node, edit.name.trim().slice(0, 80)))
    case 'freeze':
      return mapNode(document, edit.nodeId, (node) => freeze(node, edit.frozen))
    case 'addNode': {
      const network = document.networks.find((n) => n.id === edit.network) ?? document.networks[0]!
      const wanted = edit.id ?? edit.type
      const id = networkOf(document, wanted) ? freeId(document, edit.type) : wanted
      return mapNetwork(document, network.id, (n) => ({
        ...n,
        nodes: { ...n.nodes, [id]: makeNode(edit.type, edit.config, edit.position) }
      }))
    }
    case 'insertBefore':
      return insertBefore(document, edit)
    case 'insertOnEdge':
      return insertOnEdge(document, edit)
    case 'remove':
      return remove(document, new Set(edit.nodes), new Set(edit.edges))
    case 'duplicate':
      return duplicate(document, new Set(edit.nodes))
    case 'connect':
      return connect(document, edit.edge)
    case 'move':
      return Object.entries(edit.to).reduce(
        (current, [nodeId, position]) => mapNode(current, nodeId, (node) => moveTo(node, position)),
        document
      )
    case 'setData':
      return setSection(document, 'data', {
        ...edit.change,
        ...(edit.change.corrections || keepsRows(document.data, edit.change)
          ? {}
          : { corrections: undefined })
      })
    case 'correct': {
      const corrections = withCorrection(document.data.corrections, edit.row, edit.correction)
      return setSection(document, 'data', {
        corrections: corrections.length > 0 ? corrections : undefined
      })
    }
    case 'setTraining':
      return setSection(document, 'training', edit.change)
    case 'setView':
      return setSection(document, 'view', edit.change)
    case 'renameProject': {
      const name = edit.name.trim().slice(0, 120)
      return name === '' || name === document.name ? document : { ...document, name }
    }
    case 'all':
      return edit.edits.reduce(applyEdit, document)
  }
}

/** What undo calls the edit: "Undo add Dense". */
export function describeEdit(document: Document, edit: Edit): string {
  const title = (nodeId: string): string => {
    const node = networkOf(document, nodeId)?.nodes[nodeId]
    return node ? (node.name ?? layers[node.type]?.title ?? node.type) : nodeId
  }
  switch (edit.kind) {
    case 'setField': {
      const type = networkOf(document, edit.nodeId)?.nodes[edit.nodeId]?.type
      const label = type === undefined ? undefined : layers[type]?.fields[edit.field]?.label
      return `change ${(label ?? edit.field).toLowerCase()}`
    }
    case 'rename':
      return `rename ${title(edit.nodeId)}`
    case 'freeze':
      return `${edit.frozen ? 'freeze' : 'unfreeze'} ${title(edit.nodeId)}`
    case 'addNode':
    case 'insertBefore':
    case 'insertOnEdge':
      return `add ${layers[edit.type]?.title ?? edit.type}`
    case 'remove':
      return edit.nodes.length === 1
        ? `remove ${title(edit.nodes[0]!)}`
        : edit.nodes.length > 1
          ? `remove ${edit.nodes.length} nodes`
          : 'remove a connection'
    case 'duplicate':
      return 'duplicate'
    case 'connect':
      return `connect ${title(edit.edge.from.node)} to ${title(edit.edge.to.node)}`
    case 'move':
      return 'move'
    case 'setData':
      return 'change the data'
    case 'correct':
      if (!edit.correction) return 'take a correction back'
      return edit.correction.label === null ? 'leave an example out' : 'relabel an example'
    case 'setTraining':
      return 'change the training settings'
    case 'setView':
      return 'change the view'
    case 'renameProject':
      return 'rename the project'
    case 'all':
      return edit.label
  }
}

function mapNode(document: Document, nodeId: string, change: (n: NetworkNode) => NetworkNode): Document {
  const network = networkOf(document, nodeId)
  if (!network) return document
  const before = network.nodes[nodeId]!
  const after = change(before)
  if (after === before) return document
  return mapNetwork(document, network.id, (n) => ({ ...n, nodes: { ...n.nodes, [nodeId]: after } }))
}

function setField(node: NetworkNode, name: string, value: FieldValue): NetworkNode {
  const fields = layers[node.type]?.fields ?? {}
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (!field) return node
  const problems: Problem[] = []
  const whole = completeValue(field, value, name, problems)
  if (problems.length > 0 || isSame(whole, node.config[name])) return node
  return { ...node, config: { ...node.config, [name]: whole } }
}

/** Complete settings are written in the order of their fields, so equal ones have equal JSON. */
const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

// The settings of the project do not depend on what is drawn, so a change of theirs is checked without it.
const nothingDrawn: Document['networks'] = [{ id: 'network', name: '', nodes: {}, edges: [] }]

/** Data, training or view with a change; refused where a document could not be read with it. */
function setSection<S extends 'data' | 'training' | 'view'>(
  document: Document,
  section: S,
  change: Partial<Document[S]>
): Document {
  const changed = { ...document[section], ...change }
  const read = readDocument({ ...document, networks: nothingDrawn, [section]: changed })
  if (!read.ok || isSame(read.value[section], document[section])) return document
  return { ...document, [section]: read.value[section] }
}

function rename(node: NetworkNode, name: string): NetworkNode {
  const { name: before, ...nameless } = node
  if (name === (before ?? '')) return node
  return name === '' ? nameless : { ...node, name }
}

/** A layer without weights has nothing to freeze. */
function freeze(node: NetworkNode, frozen: boolean): NetworkNode {
  const { frozen: before, ...learning } = node
  if (frozen === (before ?? false)) return node
  if (!frozen) return learning
  return layers[node.type]?.weights ? { ...node, frozen: true } : node
}

function moveTo(node: NetworkNode, to: NetworkNode['position']): NetworkNode {
  const stays = to.x === node.position.x && to.y === node.position.y
  return stays || !Number.isFinite(to.x) || !Number.isFinite(to.y) ? node : { ...node, position: to }
}
