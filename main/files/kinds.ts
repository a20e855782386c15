import { endingOf, EXCEL, fileKind, PROJECT } from '@core/data/fileKinds'
import type { Problem } from '@core/result'

/** Why this file is no project, if that can be told without reading it all. */
export function notAProject(name: string, bytes: Uint8Array): Problem | undefined {
  const refuse = (what: string, detail?: string): Problem => ({
    code: 'other-file',
    message: `Netloom opens .netloom projects. ${name} is ${what}.`,
    ...(detail ? { detail } : {})
  })
  const kind = fileKind(bytes)
  if (kind !== undefined && kind !== PROJECT)
    return refuse(kind, kind === EXCEL ? 'To train on it, drop it onto the window.' : undefined)
  if (['csv', 'tsv'].includes(endingOf(name)))
    return refuse('a table', 'To train on it, drop it onto the window.')
  if (endingOf(name) === 'ipynb') return refuse('a notebook')
  if (endingOf(name) === 'py') return refuse('a Python program')
  return undefined
}
