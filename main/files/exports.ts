import { basename } from 'node:path'
import { EXPORT_KINDS, type RequestArgs } from '@core/ipc'
import { fail, ok, type Result } from '@core/result'
import { log } from '../log'
import { writeAtomic } from './atomic'
import { saveProblem } from './words'

type ExportRequest = RequestArgs<'file:export'>[0]

/** Asks where to put a file of this kind; undefined where the person cancels. */
export type AskExport = (suggested: string, kind: ExportRequest['kind']) => Promise<string | undefined>

/** Writes what the window has made to where the person wants it. The page suggests a name and learns no path. */
export async function exportFile(
  ask: AskExport,
  { name, kind, bytes }: ExportRequest
): Promise<Result<{ readonly savedAs: string } | undefined>> {
  const { ending } = EXPORT_KINDS[kind]
  const path = await ask(`${plainName(name)}.${ending}`, kind)
  if (path === undefined) return ok(undefined)
  try {
    await writeAtomic(path, bytes)
  } catch (error) {
    log.error('a file could not be exported', error)
    return fail(saveProblem(error, path, bytes.length))
  }
  return ok({ savedAs: basename(path) })
}

/** A name that every system takes as one file's name. */
export function plainName(name: string): string {
  const plain = name.replace(/[\p{Cc}\\/:*?"<>|]+/gu, ' ').replace(/^[.\s]+|[.\s]+$/g, '')
  return plain.slice(0, 100).trimEnd() || 'Netloom'
}
