import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { PictureFolder } from '@core/data/pictureFolder'
import type { PictureSettings } from '@core/data/pictureSettings'
import type { FolderPictures } from '@core/registry/define'
import { fail, ok, type Result } from '@core/result'
import { pixelsFile, readListing } from './pack'

/** Read before and still in use by a network. */
const read = new Map<string, WeakRef<FolderPictures>>()

/** The pictures of a folder at one size, from the cache. */
export async function readPictures(
  { name, key }: PictureFolder,
  settings: PictureSettings
): Promise<Result<FolderPictures>> {
  const file = pixelsFile(key, settings)
  const kept = read.get(file)?.deref()
  if (kept) return ok(kept)
  if (!existsSync(file))
    return fail({
      code: 'pictures',
      message: `The pictures of ${name} are not ready at this size.`,
      detail: 'Open the project in the window, where the folder can be chosen again.'
    })
  const { files } = await readListing(key)
  const pictures = { x: new Uint8Array(await readFile(file)), files }
  read.set(file, new WeakRef(pictures))
  return ok(pictures)
}
