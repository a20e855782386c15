import { basename, dirname } from 'node:path'
import type { Problem } from '@core/result'
import { sizeText } from '@core/words'
import { errorCode } from './atomic'

/** Why a file could not be saved, and what to do, from what the file system said. */
export function saveProblem(error: unknown, path: string, bytes: number): Problem {
  const folder = basename(dirname(path)) || dirname(path)
  const file = basename(path)
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        code: 'disk-full',
        message: `There is no room left for ${file}, which needs ${sizeText(bytes)}.`,
        detail: 'Free some space, or save it on another drive. Your work is still open here.'
      }
    case 'EROFS':
      return {
        code: 'read-only',
        message: `The drive with the folder “${folder}” can only be read.`,
        detail: 'Save it somewhere else, for example in Documents.'
      }
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'read-only',
        message: `Netloom may not write ${file} in the folder “${folder}”.`,
        detail: 'Save it somewhere else, for example in Documents.'
      }
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        code: 'folder-gone',
        message: `The folder “${folder}” is not there any more.`,
        detail: 'Use Save as to choose another one.'
      }
    case 'EBUSY':
    case 'ETXTBSY':
      return {
        code: 'locked',
        message: `Another program is using ${file}.`,
        detail: 'Close it there and save again, or save under another name.'
      }
    case 'ENAMETOOLONG':
      return {
        code: 'name-too-long',
        message: 'This file name is too long.',
        detail: 'Choose a shorter one.'
      }
    case 'EISDIR':
      return {
        code: 'is-folder',
        message: `There is a folder called ${file} already.`,
        detail: 'Choose another name.'
      }
    default:
      return {
        code: 'save-failed',
        message: `${file} could not be saved (${errorCode(error) ?? String(error)}).`,
        detail: 'Try another folder or drive. Your work is still open here.'
      }
  }
}

/** Why a file could not be opened, from what the file system said. */
export function openProblem(error: unknown, path: string): Problem {
  const file = basename(path)
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        code: 'file-gone',
        message: `${file} is not there any more.`,
        detail: `It was in ${dirname(path)}. Perhaps it was moved or renamed.`
      }
    case 'EACCES':
    case 'EPERM':
      return { code: 'not-allowed', message: `Netloom may not read ${file}.` }
    case 'EISDIR':
      return { code: 'is-folder', message: `${file} is a folder. Netloom opens .netloom files.` }
    case 'EBUSY':
      return {
        code: 'locked',
        message: `Another program is using ${file}.`,
        detail: 'Close it there and try again.'
      }
    default:
      return {
        code: 'open-failed',
        message: `${file} could not be read (${errorCode(error) ?? String(error)}).`,
        detail: 'If it is on a drive that can be unplugged, check that it is connected.'
      }
  }
}
