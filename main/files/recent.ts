import { createHash } from 'node:crypto'
import { access, mkdir, readFile, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { z } from 'zod'
import type { RecentProject } from '@core/ipc'
import { log } from '../log'
import { errorCode, writeAtomic } from './atomic'
import { Stored } from './stored'

const MAX = 12

const listSchema = z.array(
  z.strictObject({
    path: z.string(),
    name: z.string(),
    opened: z.number(),
    accuracy: z.number().optional()
  })
)
type Entry = z.infer<typeof listSchema>[number]

/** What the renderer says instead of a path. */
export function handleOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 24)
}

/** The projects opened or saved last, the newest first, with a small picture of each. */
export class RecentProjects {
  private readonly list: Stored<Entry[]>
  private readonly pictures: string

  constructor(folder: string) {
    this.list = new Stored(join(folder, 'recent.json'), listSchema, [])
    this.pictures = join(folder, 'thumbnails')
  }

  /** Reads the list; call once, at the start. */
  async load(): Promise<void> {
    await this.list.load()
  }

  /** Puts a project first. What is not given stays as it was. */
  async add(path: string, facts: { thumbnail?: Uint8Array; accuracy?: number } = {}): Promise<void> {
    const { value } = this.list
    const accuracy = facts.accuracy ?? value.find((e) => e.path === path)?.accuracy
    const entry: Entry = {
      path,
      name: basename(path, extname(path)),
      opened: Date.now(),
      ...(accuracy === undefined ? {} : { accuracy })
    }
    const all = [entry, ...value.filter((e) => e.path !== path)]
    const [kept, dropped] = [all.slice(0, MAX), all.slice(MAX)]
    await Promise.all(dropped.map((e) => rm(this.picture(e.path), { force: true })))
    if (facts.thumbnail) await this.keepPicture(path, facts.thumbnail)
    await this.list.set(kept)
  }

  /** Takes a project off the list; its file stays. */
  async forget(handle: string): Promise<void> {
    const gone = this.list.value.find((e) => handleOf(e.path) === handle)
    if (!gone) return
    await rm(this.picture(gone.path), { force: true })
    await this.list.set(this.list.value.filter((e) => e !== gone))
  }

  /** The path behind a handle. */
  pathOf(handle: string): string | undefined {
    return this.list.value.find((e) => handleOf(e.path) === handle)?.path
  }

  /** The list as the renderer shows it. */
  all(): Promise<RecentProject[]> {
    return Promise.all(
      this.list.value.map(async ({ path, name, opened, accuracy }) => ({
        handle: handleOf(path),
        name,
        folder: dirname(path),
        opened,
        accuracy,
        thumbnail: await this.readPicture(path),
        missing: !(await access(path).then(
          () => true,
          () => false
        ))
      }))
    )
  }

  private picture(path: string): string {
    return join(this.pictures, `${handleOf(path)}.png`)
  }

  private async keepPicture(path: string, thumbnail: Uint8Array): Promise<void> {
    try {
      await mkdir(this.pictures, { recursive: true })
      await writeAtomic(this.picture(path), thumbnail)
    } catch (error) {
      log.error('cannot keep a thumbnail', error) // the list does without it
    }
  }

  private async readPicture(path: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.picture(path))
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') log.error('cannot read a thumbnail', error)
      return undefined
    }
  }
}
