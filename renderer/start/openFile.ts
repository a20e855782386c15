import type { Problem } from '@core/result'
import type { AppState } from '../state/app.svelte'
import { request } from '../state/bridge'
import { projectFromTable } from './fromTable'

/** More than this is no small table: it would make the project slow to save. */
const MAX_TABLE = 32 << 20

const ending = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** Opens a file that was dropped: a project, or a table that becomes one. Anything else is explained. */
export async function openFile(app: AppState, file: File): Promise<void> {
  const kind = ending(file.name)
  const missing = app.project.problems.find((p) => p.fetch !== undefined)?.fetch
  if (missing !== undefined && app.screen === 'workspace' && isOriginal(file.name))
    await app.library.importDropped(missing)
  else if (kind === 'netloom' || kind === 'json') app.openDropped(file)
  else if (['csv', 'tsv', 'txt'].includes(kind)) {
    if (file.size > MAX_TABLE)
      app.tellProblem({
        code: 'large-table',
        message: `${file.name} is ${Math.round(file.size / (1 << 20))} MB. Netloom reads tables up to ${MAX_TABLE >> 20} MB.`
      })
    else openTable(app, file.name, await file.text())
  } else app.tellProblem(unknownKind(file.name))
}

/** Could this be one of the files that a data set of the library is published in? */
const isOriginal = (name: string): boolean => /(\.gz|\.tgz|\.tar|\.bin|ubyte)$/i.test(name)

/** Asks for a table by dialog and makes a project of it. */
export async function chooseTable(app: AppState): Promise<void> {
  const chosen = await request('data:choose')
  if (!chosen.ok) app.tellProblem(chosen.problems[0]!)
  else if (chosen.value) openTable(app, chosen.value.name, chosen.value.text)
}

function openTable(app: AppState, name: string, text: string): void {
  const project = projectFromTable(name, text)
  if (project.ok) app.startFrom(project.value.document, { files: project.value.files })
  else app.tellProblem(project.problems[0]!)
}

/** What Netloom reads, said about a file that it does not. */
export function unknownKind(name: string): Problem {
  const kind = ending(name)
  const excel = /^(xlsx?|ods|numbers)$/.test(kind)
  return {
    code: 'unknown-kind',
    message: excel
      ? `${name} is a spreadsheet in a format that Netloom cannot read. Save it as CSV there, and drop that.`
      : `${name} is neither a project nor a table.`,
    ...(excel ? {} : { detail: 'Netloom opens .netloom projects and tables as .csv.' })
  }
}
