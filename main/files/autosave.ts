import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { dataFileSchema, type ProjectFiles } from '@core/data/files'
import { packProject, unpackProject, type Project } from '@core/document/container'
import { decodeCheckpoint } from '@core/run/checkpoint'
import { structureKey } from '@core/run/structure'
import type { Result } from '@core/result'
import { log } from '../log'
import { errorCode, ifMissing, writeAtomic } from './atomic'

const aboutSchema = z.strictObject({
  name: z.string(),
  path: z.string().optional(),
  saved: z.number(),
  /** Their bytes stay in the data store. */
  files: z.record(z.string(), dataFileSchema).default({})
})
type About = z.infer<typeof aboutSchema>

/** Least time between two writes of the trained state, in ms. */
const STATE_PAUSE = 2000

/**
 * Unsaved work, kept against a crash: <id>.netloom with the document, <id>.state with the newest trained state,
 * which changes far more often, and <id>.json with what to call it. A session removes its files when it ends well,
 * so those of others are what a crash left behind: only one session uses a folder at a time.
 */
export class Autosave {
  /** The session whose work is waiting to be recovered. */
  private leftBehind: string | undefined
  private id: string
  private written = false
  private stateAt = 0
  private stateTimer: NodeJS.Timeout | undefined
  private newestState: Uint8Array | undefined
  private work: Promise<void> = Promise.resolve()

  constructor(
    private readonly folder: string,
    id: string
  ) {
    this.id = id
  }

  /** Looks for what a crash left behind; call once, at the start. Anything older than the newest is removed. */
  async load(): Promise<void> {
    await mkdir(this.folder, { recursive: true })
    const names = await readdir(this.folder)
    const found = await Promise.all(
      names
        .filter((name) => name.endsWith('.netloom'))
        .map(async (name) => ({
          id: name.replace(/\.netloom$/, ''),
          at: (await stat(join(this.folder, name))).mtimeMs
        }))
    )
    this.leftBehind = found.sort((a, b) => b.at - a.at)[0]?.id
    const keep = this.leftBehind
    for (const name of names)
      if (keep === undefined || !name.startsWith(`${keep}.`))
        await rm(join(this.folder, name), { force: true })
  }

  /** Keeps the work as it is now. */
  save(
    project: Project,
    about: { readonly path: string | undefined; readonly files: ProjectFiles },
    state: Uint8Array | undefined
  ): Promise<void> {
    const { document } = project
    const facts: About = {
      name: document.name,
      saved: Date.now(),
      files: about.files,
      ...(about.path === undefined ? {} : { path: about.path })
    }
    return this.inTurn(async () => {
      await writeAtomic(this.file('json'), JSON.stringify(facts))
      if (state) await writeAtomic(this.file('state'), state)
      await writeAtomic(this.file('netloom'), packProject(project))
      this.written = true
    })
  }

  /** Keeps a newer trained state of the work, if work is kept at all, and not more often than is good for a disk. */
  saveState(state: Uint8Array): void {
    this.newestState = state
    if (!this.written || this.stateTimer) return
    const wait = Math.max(0, this.stateAt + STATE_PAUSE - Date.now())
    this.stateTimer = setTimeout(() => {
      this.stateTimer = undefined
      this.stateAt = Date.now()
      void this.inTurn(async () => {
        if (this.written && this.newestState) await writeAtomic(this.file('state'), this.newestState)
      })
    }, wait)
  }

  /** The work is saved or given up. */
  discard(): Promise<void> {
    return this.inTurn(async () => {
      this.written = false
      for (const ending of ['netloom', 'state', 'json']) await rm(this.file(ending), { force: true })
    })
  }

  /** The window has crashed: what this session kept can be recovered, and the session goes on under another id. */
  abandon(nextId: string): void {
    if (!this.written) return
    this.leftBehind = this.id
    this.id = nextId
    this.written = false
  }

  /** What there is to recover. */
  async recoverable(): Promise<{ readonly name: string; readonly saved: number } | undefined> {
    const about = await this.about()
    return about && { name: about.name, saved: about.saved }
  }

  /** The work that was left behind, which from now on is this session's. Undefined where there is none. */
  async recover(): Promise<
    | {
        readonly project: Result<Project>
        readonly path: string | undefined
        readonly files: ProjectFiles
      }
    | undefined
  > {
    const about = await this.about()
    const from = this.leftBehind
    if (!about || from === undefined) return undefined
    const project = unpackProject(await readFile(join(this.folder, `${from}.netloom`)))
    const state = await readFile(join(this.folder, `${from}.state`)).catch(ifMissing(undefined))
    await this.inTurn(async () => {
      for (const ending of ['json', 'state', 'netloom'])
        await rename(join(this.folder, `${from}.${ending}`), this.file(ending)).catch(ifMissing(undefined))
      this.written = true
    })
    this.leftBehind = undefined
    return {
      project: project.ok ? { ok: true, value: withState(project.value, state) } : project,
      path: about.path,
      files: about.files
    }
  }

  /** Removes what was left behind: the person does not want it. */
  async forgetLeftBehind(): Promise<void> {
    const from = this.leftBehind
    this.leftBehind = undefined
    if (from === undefined) return
    for (const ending of ['netloom', 'state', 'json'])
      await rm(join(this.folder, `${from}.${ending}`), { force: true })
  }

  private async about(): Promise<About | undefined> {
    const id = this.leftBehind
    if (id === undefined) return undefined
    try {
      return aboutSchema.parse(JSON.parse(await readFile(join(this.folder, `${id}.json`), 'utf8')))
    } catch (error) {
      log.error('what a crash left behind has no description', error)
      if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError)
        return {
          name: 'Untitled',
          files: {},
          saved: (await stat(join(this.folder, `${id}.netloom`))).mtimeMs
        }
      throw error
    }
  }

  private file(ending: string): string {
    return join(this.folder, `${this.id}.${ending}`)
  }

  /** One write after the other; one that fails is logged, and the next one is tried all the same. */
  private inTurn(write: () => Promise<void>): Promise<void> {
    this.work = this.work
      .then(write)
      .catch((error: unknown) => log.error('unsaved work could not be kept', error))
    return this.work
  }
}

/** The project with the newer trained state, where that belongs to it. */
function withState(project: Project, bytes: Uint8Array | undefined): Project {
  const state = bytes && decodeCheckpoint(bytes)
  if (!state) return project
  if (!state.ok) {
    log.error(`a kept training state is unreadable: ${state.problems[0]!.message}`)
    return project
  }
  return state.value.structure === structureKey(project.document)
    ? { ...project, checkpoint: state.value }
    : project
}
