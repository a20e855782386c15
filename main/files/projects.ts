import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import type { ImportedFile, OpenedProject, RequestArgs } from '@core/ipc'
import type { BroughtInBytes } from '@core/ipc/dataProcess'
import { packProject, unpackProject, type PackedFile, type Project } from '@core/document/container'
import { readDocument } from '@core/document/parse'
import type { Document } from '@core/document/schema'
import type { ProjectFiles } from '@core/data/files'
import { beginningOf, isModelFile, isTfjsModel } from '@core/import/kinds'
import { sources } from '@core/registry'
import { autoOptions } from '@core/data/table/sniff'
import { fail, ok, type Result } from '@core/result'
import { decodeCheckpoint, encodeCheckpoint } from '@core/run/checkpoint'
import { structureKey } from '@core/run/structure'
import { sizeText } from '@core/words'
import { log } from '../log'
import type { SafeState } from '../trainer/questions'
import { errorCode, writeAtomic } from './atomic'
import type { Imports } from '../data/imports'
import type { Autosave } from './autosave'
import { notAProject } from './kinds'
import type { RecentProjects } from './recent'
import { openProblem, saveProblem } from './words'

/** A file in memory may not be larger. */
const MAX_PROJECT = 2 ** 31 - 1
const MAX_TABLE = 512 << 20

/** What projects need of the training process. */
export interface TrainedStates {
  offer(state: SafeState | undefined, origin?: { document: Document; files: ProjectFiles }): void
  trainedState(document: Document): Promise<SafeState | undefined>
  readonly safeState: SafeState | undefined
}

/** Asks for a path; undefined where the person cancels. */
export interface Dialogs {
  openProject(): Promise<string | undefined>
  saveProject(suggested: string): Promise<string | undefined>
  openData(as: 'table' | 'text'): Promise<string | undefined>
  /** Files of a data set; none where the person cancels. */
  openSet(): Promise<string[]>
  openFolder(): Promise<string | undefined>
}

type SaveRequest = RequestArgs<'project:save'>[0]
type AutosaveRequest = RequestArgs<'project:autosave'>[0]

/** The project of the window: where it lives on the disk, and the ways to open and save it. */
export class Projects {
  private path: string | undefined
  private offered: string | undefined

  constructor(
    private readonly recent: RecentProjects,
    private readonly autosave: Autosave,
    private readonly trained: TrainedStates,
    private readonly dialogs: Dialogs,
    private readonly imports: Imports,
    /** Reads a trained model of another program, in a process of its own. */
    private readonly readModel: (path: string) => Promise<Result<BroughtInBytes>>
  ) {}

  /** A project that is not on the disk yet. */
  startNew(): void {
    this.path = undefined
    this.trained.offer(undefined)
  }

  /** Remembers a file that came from outside, until the person is ready for it. */
  offer(path: string): void {
    this.offered = path
  }

  /** Opens the file that came from outside. */
  openOffered(): Promise<Result<OpenedProject>> {
    const path = this.offered
    this.offered = undefined
    return path === undefined
      ? Promise.resolve(fail({ code: 'nothing-offered', message: 'There is no file waiting to be opened.' }))
      : this.openPath(path)
  }

  /** Opens what the person chooses. */
  async openByDialog(): Promise<Result<OpenedProject | undefined>> {
    const path = await this.dialogs.openProject()
    return path === undefined ? ok(undefined) : this.openPath(path)
  }

  /** Opens one of the list of recent projects. */
  async openRecent(handle: string): Promise<Result<OpenedProject>> {
    const path = this.recent.pathOf(handle)
    return path === undefined
      ? fail({ code: 'file-gone', message: 'This project is not on the list any more.' })
      : this.openPath(path)
  }

  /** Opens a file by its path. */
  async openPath(path: string): Promise<Result<OpenedProject>> {
    if (isModelFile(basename(path))) return this.openModel(path)
    const bytes = await readLimited(path, MAX_PROJECT)
    if (!bytes.ok) return bytes
    if (isTfjsModel(beginningOf(bytes.value))) return this.openModel(path)
    const project = read(basename(path), bytes.value)
    if (!project.ok) return project
    const files = await withFilesBeside(project.value, dirname(path))
    // A document.json is a source, not a place to save a trained network to.
    this.path = extname(path).toLowerCase() === '.netloom' ? path : undefined
    const { thumbnail } = project.value
    await this.recent.add(path, thumbnail ? { thumbnail } : {})
    return ok(await this.opened({ ...project.value, files }))
  }

  /** Makes a project of a trained model of another program. What it was read from is no place to save it to. */
  private async openModel(path: string): Promise<Result<OpenedProject>> {
    const read = await this.readModel(path)
    if (!read.ok) return read
    const { document, checkpoint, notes } = read.value
    const state = checkpoint && decodeCheckpoint(checkpoint)
    if (state && !state.ok) return state
    this.path = undefined
    this.trained.offer(
      state && { epoch: state.value.epoch, structure: state.value.structure, bytes: checkpoint! },
      { document, files: {} }
    )
    return ok({
      document,
      files: {},
      savedAs: undefined,
      trained: state !== undefined,
      recovered: false,
      problems: notes.map((message) => ({ code: 'brought-in', message })),
      broughtIn: true
    })
  }

  /** Opens a file that was dropped onto the window: its bytes, for the page has no paths. */
  async openBytes(name: string, bytes: Uint8Array): Promise<Result<OpenedProject>> {
    if (bytes.length > MAX_PROJECT) return tooLarge(name, bytes.length, MAX_PROJECT)
    const project = read(name, bytes)
    if (!project.ok) return project
    this.path = undefined
    return ok(await this.opened(project.value))
  }

  /** Opens what a kept run was trained with, and a state of it. */
  openRun(document: Document, files: ProjectFiles, state?: SafeState): OpenedProject {
    this.path = undefined
    this.trained.offer(state)
    const trained = state !== undefined
    return { document, files, savedAs: undefined, trained, recovered: false, problems: [] }
  }

  /** Saves where the project lives, or where the person says. */
  async save(request: SaveRequest): Promise<Result<{ savedAs: string } | undefined>> {
    const document = readDocument(request.document)
    if (!document.ok) return document
    const path =
      this.path === undefined || request.as
        ? await this.dialogs.saveProject(this.path ?? `${fileName(request.document.name)}.netloom`)
        : this.path
    if (path === undefined) return ok(undefined)
    const target = extname(path).toLowerCase() === '.netloom' ? path : `${path}.netloom`
    const state = await this.trained.trainedState(request.document)
    const files = await this.imports.pack(request.files)
    if (!files.ok) return files
    const bytes = packProject({ ...withState(request, state), files: files.value })
    try {
      await writeAtomic(target, bytes)
    } catch (error) {
      log.error(`cannot save ${target}`, error)
      return fail(saveProblem(error, target, bytes.length))
    }
    this.path = target
    const { thumbnail, accuracy } = request
    await this.recent.add(target, {
      ...(thumbnail ? { thumbnail } : {}),
      ...(accuracy === undefined ? {} : { accuracy })
    })
    await this.autosave.discard()
    return ok({ savedAs: basename(target, extname(target)) })
  }

  /** Keeps unsaved work against a crash. */
  keep(request: AutosaveRequest): Promise<void> {
    return this.autosave.save(
      withState(request, undefined),
      { path: this.path, files: request.files },
      this.trained.safeState?.bytes
    )
  }

  /** Opens the work that a crash left behind. */
  async recover(): Promise<Result<OpenedProject>> {
    const found = await this.autosave.recover()
    if (!found) return fail({ code: 'nothing-to-recover', message: 'There is nothing to recover any more.' })
    if (!found.project.ok) return found.project
    this.path = found.path
    // The data store has kept the files.
    return ok({ ...(await this.opened(found.project.value)), files: found.files, recovered: true })
  }

  /** Asks for a table and reads it. */
  async chooseData(as: 'table' | 'text'): Promise<Result<ImportedFile | undefined>> {
    const path = await this.dialogs.openData(as)
    return path === undefined ? ok(undefined) : this.imports.fromPath(path, as)
  }

  private async opened(project: Project): Promise<OpenedProject> {
    const { document, checkpoint } = project
    const { files, problems } = await this.imports.unpack(project.files)
    const fits = checkpoint && checkpoint.step > 0 && checkpoint.structure === structureKey(document)
    this.trained.offer(
      fits
        ? { epoch: checkpoint.epoch, structure: checkpoint.structure, bytes: encodeCheckpoint(checkpoint) }
        : undefined
    )
    return {
      document,
      files,
      savedAs: this.path === undefined ? undefined : basename(this.path, extname(this.path)),
      trained: fits === true,
      recovered: false,
      problems
    }
  }
}

function read(name: string, bytes: Uint8Array): Result<Project> {
  const other = notAProject(name, bytes)
  return other ? fail(other) : unpackProject(bytes)
}

function withState(request: AutosaveRequest, state: SafeState | undefined): Project {
  const { document, thumbnail } = request
  const checkpoint = state && decodeCheckpoint(state.bytes)
  return {
    document,
    files: {},
    ...(checkpoint?.ok ? { checkpoint: checkpoint.value } : {}),
    ...(thumbnail ? { thumbnail } : {})
  }
}

async function readLimited(path: string, limit: number): Promise<Result<Uint8Array>> {
  try {
    const { size } = await stat(path)
    if (size > limit) return tooLarge(basename(path), size, limit)
    return ok(await readFile(path))
  } catch (error) {
    log.error(`cannot read ${path}`, error)
    return fail(openProblem(error, path))
  }
}

function tooLarge(name: string, size: number, limit: number): Result<never> {
  return fail({
    code: 'too-large',
    message: `${name} has ${sizeText(size)}. Netloom opens files of up to ${sizeText(limit)}.`
  })
}

/** Tables that the document names and that do not travel with it, from the same folder. Never from another one. */
async function withFilesBeside({ document, files }: Project, folder: string): Promise<Project['files']> {
  const { type, config } = document.data.source
  const found: Record<string, PackedFile> = { ...files }
  for (const [name, field] of Object.entries(sources[type]!.fields)) {
    const file = config[name]
    if (field.kind !== 'file' || typeof file !== 'string' || file === '' || Object.hasOwn(found, file))
      continue
    if (!isPlainName(file)) continue
    try {
      const path = join(folder, file)
      if ((await stat(path)).size > MAX_TABLE) continue
      found[file] = { bytes: await readFile(path), read: autoOptions }
    } catch (error) {
      // The renderer shows that the file is missing and offers to choose it.
      if (errorCode(error) !== 'ENOENT') log.error(`cannot read ${file} beside the project`, error)
    }
  }
  return found
}

/** A file name that cannot lead into another folder, on any system. */
export function isPlainName(name: string): boolean {
  return !/[/\\:\0]/.test(name) && name !== '.' && name !== '..'
}

/** A file name that every system takes, from a project's name. */
export function fileName(name: string): string {
  const plain = [...name.normalize('NFC')]
    .map((c) => (c < ' ' || '<>:"/\\|?*'.includes(c) ? ' ' : c))
    .join('')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 80)
  return plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? 'Netloom project' : plain
}
