import { existsSync } from 'node:fs'
import type { ReadingProgress } from '@core/data/pictureFolder'
import { previewSplit } from '@core/data/pictureGroups/preview'
import type { DataAnswer, DataArgs } from '@core/ipc/dataProcess'
import { fail, ok } from '@core/result'
import { importFolder } from './importFolder'
import { pixelsFile, readListing } from './pack'
import { openReaders } from './pool'
import { beforeAfter } from './beforeAfter'

type Question =
  'readFolder' | 'stopReading' | 'hasPictures' | 'folderDetails' | 'splitPictures' | 'beforeAfter'

/** So many lines are told: nobody reads more. */
const LINES = 2000

/** What the data process answers about folders of pictures, with the bundle of the threads that read them. */
export function folderAnswers(
  bundle: string,
  tell: (progress: ReadingProgress) => void
): { readonly [Q in Question]: (...args: DataArgs<Q>) => Promise<DataAnswer<Q>> } {
  let reading: AbortController | undefined
  return {
    readFolder: async (path, settings) => {
      reading?.abort()
      const stop = new AbortController()
      reading = stop
      const readers = openReaders(bundle)
      try {
        return await importFolder(path, { settings, readers, tell, signal: stop.signal })
      } catch (error) {
        if (stop.signal.aborted) return ok(null)
        const { code, message } = error as NodeJS.ErrnoException
        if (code === undefined) throw error
        return fail({
          code: 'folder',
          message:
            code === 'ENOSPC'
              ? 'There is no room on the disk for the pictures at this size.'
              : code === 'EACCES' || code === 'EPERM'
                ? 'Netloom may not read this folder.'
                : `This folder cannot be read: ${message}.`
        })
      } finally {
        readers.close()
        if (reading === stop) reading = undefined
      }
    },
    stopReading: () => {
      reading?.abort()
      return Promise.resolve(ok(undefined))
    },
    hasPictures: (key, settings) => Promise.resolve(ok(existsSync(pixelsFile(key, settings)))),
    folderDetails: async (key) => {
      const { broken, twins } = await readListing(key)
      return ok({ files: broken.slice(0, LINES), twins: twins.slice(0, LINES) })
    },
    splitPictures: async (key, data) => {
      const { files, classes } = await readListing(key)
      return ok(previewSplit(files, classes.length, data))
    },
    beforeAfter: async (path, key, settings) => ok(await beforeAfter(path, key, settings))
  }
}
