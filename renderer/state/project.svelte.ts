import { makeDataset, type Dataset } from '@core/data/dataset'
import { applyEdit, describeEdit, type Edit } from '@core/document/edits'
import { record, redo, startHistory, undo, type History } from '@core/document/history'
import { setSetting } from '@core/document/paths'
import { edgeId, networkOf, type Document } from '@core/document/schema'
import type { DataFile, ProjectFiles, TableFile } from '@core/data/files'
import type { ColumnSettings } from '@core/data/table/setting'
import { allParts } from '@core/data/split'
import { datasetOf, thinned, type Sample } from '@core/data/sample'
import { derive } from '@core/graph/derive'
import type { OpenedProject } from '@core/ipc'
import { steadyKey, structureKey } from '@core/run/structure'
import { emptyProject } from '@core/templates'
import { schemes, sources } from '@core/registry'
import { ok, type Problem, type Result } from '@core/result'
import { sketchOf } from '../data/sketch'
import { nounOf } from '@core/data/noun'
import { dataNode } from '../shared/examples'
import { lookOf } from '../shared/look'
import { commonestShare } from '@core/run/reading'
import { planeMap } from '../views/planeMap'
import { mapPointsOf, planeDomain, pointsOf, type Domain } from '../shared/plane'

/** The same work; how fast it is shown is no work. */
function isSameWork(a: Document, b: Document): boolean {
  return (
    a === b ||
    (a.name === b.name &&
      a.networks === b.networks &&
      a.data === b.data &&
      a.training === b.training &&
      a.lesson === b.lesson &&
      a.view.pinned === b.view.pinned)
  )
}

/** What undo goes back to. */
interface Work {
  readonly document: Document
  readonly files: ProjectFiles
}

/** The open project: its document with undo, its files, what is selected, and everything that follows. */
export class ProjectState {
  /** What is known of data that is not in the project: it may not be on this computer. */
  constructor(
    private readonly outside: readonly { problemOf(document: Document): Problem | undefined }[] = []
  ) {}

  history = $state.raw<History<Work>>(startHistory<Work>({ document: emptyProject, files: {} }))
  /** File name, once it was saved. */
  savedAs = $state<string>()
  /** Node ids. */
  selection = $state.raw<readonly string[]>([])
  /** Edge ids (`edgeId`). */
  selectedEdges = $state.raw<readonly string[]>([])
  /** What the file on disk holds; undefined for work that is in no file yet. */
  private saved = $state.raw<{ readonly document: Document; readonly files: ProjectFiles }>()

  readonly document = $derived(this.history.present.document)
  readonly files = $derived(this.history.present.files)
  readonly edited = $derived(
    !this.saved || this.files !== this.saved.files || !isSameWork(this.document, this.saved.document)
  )
  readonly derivation = $derived(derive(this.document, this.files))
  readonly problems = $derived.by(() => {
    const missing = this.outside.map((state) => state.problemOf(this.document)).filter((p) => p !== undefined)
    if (missing.length === 0) return this.derivation.problems
    const nodeId = dataNode(this.document)
    const at = nodeId === undefined ? {} : { nodeId }
    return [...missing.map((problem) => ({ ...problem, ...at })), ...this.derivation.problems]
  })
  private readonly data = $derived(this.document.data)
  /** Which file is learned from; undefined where the data needs none, or its file is not there. */
  readonly dataFile = $derived.by(() => {
    const { type, config } = this.data.source
    const name = config['file']
    const { reads } = sources[type]!
    const file = typeof name === 'string' && Object.hasOwn(this.files, name) ? this.files[name] : undefined
    return reads && file && reads in file ? { name: name as string, file } : undefined
  })
  /** What is known of its table; undefined where the data is no table. */
  readonly table = $derived(
    this.dataFile && 'table' in this.dataFile.file ? this.dataFile.file.table : undefined
  )
  /** Changes with what the trainer would make of the table. */
  readonly tableKey = $derived(
    this.table && this.dataFile && this.derivation.data
      ? JSON.stringify([this.data, this.dataFile.file.sha256, this.dataFile.file.read])
      : undefined
  )
  private sampled = $state.raw<{ readonly key: string; readonly sample: Sample }>()
  /** Rows of the table as they are now; undefined until the trainer has told them. */
  readonly sample = $derived(
    this.tableKey !== undefined && this.sampled?.key === this.tableKey ? this.sampled.sample : undefined
  )
  private readonly sketch = $derived(sketchOf(this.data, this.files))
  /** Examples to show, or why they are not here: something is wrong with their source, or they are read for training. */
  readonly dataset: Result<Dataset> = $derived.by(() => {
    const { data } = this.derivation
    if (this.sample && data) return ok(datasetOf(this.sample, data))
    const made = makeDataset(this.sketch, this.files)
    return made.ok ? ok(thinned(made.value)) : made
  })
  /** The window has every example, and not only some of many. */
  readonly whole = $derived(this.dataset.ok && this.dataset.value.rows === this.derivation.data?.rows)
  /** The data where its examples are points in a plane. */
  readonly points = $derived(this.dataset.ok ? pointsOf(this.dataset.value) : undefined)
  private readonly mapView = $derived(this.document.view.map)
  private readonly compares = $derived(schemes[this.document.training.scheme.type]!.compares)
  /** The points that a map of the network's answers is drawn for: they have a class or a number each, and answers are compared. */
  readonly mapped = $derived(this.dataset.ok && this.compares ? mapPointsOf(this.dataset.value) : undefined)
  /** The map of the network's answers: of a plane, or of two columns of a table. */
  readonly map = $derived(
    this.dataset.ok && this.compares ? planeMap(this.dataset.value, this.mapView) : undefined
  )
  /** The share of the commonest class among the new rows; undefined where it is not known. */
  readonly commonest = $derived(
    this.dataset.ok && this.whole ? commonestShare(this.dataset.value) : undefined
  )
  /** Rows of each part, with those that the makers of the data have set aside; undefined before the data is known. */
  readonly parts = $derived(this.derivation.data && allParts(this.data.split, this.derivation.data))
  /** How the examples are drawn where their numbers alone would say little. */
  readonly look = $derived(lookOf(this.data.source.type, this.derivation.data, this.sample?.preparation))
  /** What the examples are called: "points", "pictures". */
  readonly noun = $derived(nounOf(this.derivation.data))
  /** The part of the plane that is shown; undefined where the data is not points in a plane. */
  readonly domain: Domain | undefined = $derived(this.points && planeDomain(this.points))
  /** Changes exactly when a running training could not take the change up. */
  readonly structure = $derived(structureKey(this.document))
  /** As `structure`, without what a running training takes up by going on with changed data. */
  readonly steady = $derived(steadyKey(this.document))
  readonly undoLabel = $derived(this.history.past.at(-1)?.label)
  readonly redoLabel = $derived(this.history.future[0]?.label)
  /** The only selected node, if there is just one. */
  readonly selectedNode = $derived(this.selection.length === 1 ? this.selection[0] : undefined)

  /** Starts over with another project. */
  open(project: Pick<OpenedProject, 'document' | 'files' | 'savedAs' | 'recovered'>): void {
    const { document, files } = project
    this.history = startHistory({ document, files })
    this.savedAs = project.savedAs
    this.saved = project.recovered ? undefined : project
    this.selection = []
    this.selectedEdges = []
  }

  /** Does an edit. Edits in a row with the same key are one step of undo. */
  apply(edit: Edit, key?: string): void {
    const next = applyEdit(this.document, edit)
    if (edit.kind === 'setView')
      this.history = { ...this.history, present: { document: next, files: this.files } }
    else this.record(next, describeEdit(this.document, edit), key)
    this.dropStaleSelection()
  }

  /** Does an edit and selects the nodes it brought. */
  applyAndSelect(edit: Edit): void {
    const before = new Set(this.document.networks.flatMap((n) => Object.keys(n.nodes)))
    this.apply(edit)
    const added = this.document.networks.flatMap((n) => Object.keys(n.nodes)).filter((id) => !before.has(id))
    if (added.length > 0) this.select(added)
  }

  /** Changes the setting at a path (`core/document/paths`). */
  set(path: string, value: unknown, label: string, key?: string): void {
    const next = setSetting(this.document, path, value)
    if (!next.ok) throw new Error(next.problems[0]!.message)
    this.record(next.value, label, key)
  }

  /** Puts another document in its place, as one step of undo: for a change that is no edit. */
  replace(document: Document, label: string): void {
    this.record(document, label)
    this.dropStaleSelection()
  }

  undo(): void {
    this.history = undo(this.history)
    this.dropStaleSelection()
  }

  redo(): void {
    this.history = redo(this.history)
    this.dropStaleSelection()
  }

  select(nodes: readonly string[], edges: readonly string[] = []): void {
    this.selection = nodes
    this.selectedEdges = edges
  }

  /** Rows of the table, as they were when it had this key. */
  putSample(key: string, sample: Sample): void {
    this.sampled = { key, sample }
  }

  /** Puts a data file that travels with the project in the place of one with its name. */
  putFile(name: string, file: DataFile): void {
    const { document, files } = this
    this.history = { ...this.history, present: { document, files: { ...files, [name]: file } } }
  }

  /**
   * A file of the project, read in another way, as one step of undo. What was said about columns that are not there any
   * more is forgotten; returns how many these were.
   */
  reread(name: string, file: TableFile): number {
    const { data } = this.document
    const { type, config } = data.source
    const settings = (config['columns'] ?? []) as ColumnSettings
    const there = new Set(file.table.columns.map((column) => column.name))
    const kept = settings.filter((setting) => there.has(setting.name))
    const { group, ...split } = data.split
    const document = applyEdit(this.document, {
      kind: 'setData',
      change: {
        source: { type, config: { ...config, columns: kept } },
        split: group !== undefined && there.has(group) ? data.split : split
      }
    })
    const work = { document, files: { ...this.files, [name]: file } }
    this.history = record(this.history, work, `read ${name} in another way`)
    return settings.length - kept.length
  }

  private record(document: Document, label: string, key?: string): void {
    if (document !== this.document)
      this.history = record(this.history, { document, files: this.files }, label, key)
  }

  markSaved(document: Document, files: ProjectFiles, savedAs: string): void {
    this.saved = { document, files }
    this.savedAs = savedAs
  }

  private dropStaleSelection(): void {
    const nodes = this.selection.filter((id) => networkOf(this.document, id))
    if (nodes.length !== this.selection.length) this.selection = nodes
    const ids = new Set(this.document.networks.flatMap((n) => n.edges.map(edgeId)))
    const edges = this.selectedEdges.filter((id) => ids.has(id))
    if (edges.length !== this.selectedEdges.length) this.selectedEdges = edges
  }
}
