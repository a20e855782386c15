import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { PictureSettings } from '@core/data/pictureSettings'
import type { DataAnswer } from '@core/ipc/dataProcess'
import { fail, ok } from '@core/result'
import type { Dialogs } from '../files/projects'
import { Stored } from '../files/stored'
import type { DataProcess } from './dataProcess'

/** So many folders are remembered; the oldest go first. */
const REMEMBERED = 200

/** Folders of pictures: where they are on the disk stays here, the page knows them by the key of what is in them. */
export class PictureFolders {
  private readonly paths: Stored<{ readonly [key: string]: string }>
  private readonly loaded: Promise<unknown>

  constructor(
    private readonly data: DataProcess,
    private readonly dialogs: Pick<Dialogs, 'openFolder'>,
    userData: string
  ) {
    this.paths = new Stored(join(userData, 'pictureFolders.json'), z.record(z.string(), z.string()), {})
    this.loaded = this.paths.load()
  }

  /** Asks for a folder and reads it. */
  async choose(settings: PictureSettings | null): Promise<DataAnswer<'readFolder'>> {
    const path = await this.dialogs.openFolder()
    return path === undefined ? ok(null) : this.read(path, settings)
  }

  /** Reads the folder at a path. */
  async read(path: string | undefined, settings: PictureSettings | null): Promise<DataAnswer<'readFolder'>> {
    if (path === undefined || !(await isFolder(path)))
      return fail({ code: 'no-folder', message: 'This is no folder on this computer.' })
    const read = await this.data.ask('readFolder', path, settings)
    if (read.ok && read.value) await this.remember(read.value.folder.key, path)
    return read
  }

  /** Reads a folder that was read before at another size. */
  async again(key: string, settings: PictureSettings): Promise<DataAnswer<'readFolder'>> {
    const here = await this.data.ask('hasPictures', key, settings)
    if (!here.ok) return here
    if (here.value) return ok(null)
    const path = await this.pathOf(key)
    if (path === undefined)
      return fail({
        code: 'no-folder',
        message: 'Netloom does not know any more where this folder is.',
        detail: 'Choose it again.'
      })
    if (!(await isFolder(path)))
      return fail({
        code: 'no-folder',
        message: `The folder ${basename(path)} is not where it was.`,
        detail: 'Choose it again.'
      })
    return this.read(path, settings)
  }

  /** Some of its pictures, before and after. */
  async beforeAfter(key: string, settings: PictureSettings): Promise<DataAnswer<'beforeAfter'>> {
    const path = await this.pathOf(key)
    return path === undefined ? ok([]) : this.data.ask('beforeAfter', path, key, settings)
  }

  private async pathOf(key: string): Promise<string | undefined> {
    await this.loaded
    const { value } = this.paths
    return Object.hasOwn(value, key) ? value[key] : undefined
  }

  private async remember(key: string, path: string): Promise<void> {
    await this.loaded
    const { [key]: _, ...others } = this.paths.value
    const entries = [...Object.entries(others), [key, path] as const].slice(-REMEMBERED)
    await this.paths.set(Object.fromEntries(entries))
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false
  )
}
