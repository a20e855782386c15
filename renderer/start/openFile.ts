import type { ImportedFile } from '@core/ipc'
import type { ReadFolder } from '@core/data/pictureFolder'
import { endingOf, TABLE_ENDINGS, TEXT_ENDINGS } from '@core/data/fileKinds'
import { isModelFile, isTfjsModel } from '@core/import/kinds'
import type { Problem, Result } from '@core/result'
import { pictureProject } from '@core/templates/pictureProject'
import { tableProject } from '@core/templates/tableProject'
import { textProject } from '@core/templates/textProject'
import type { AppState } from '../state/app.svelte'
import { request } from '../state/bridge'

/** Bytes that are handed over in one go: a frame is not missed for them. */
const PIECE = 1 << 20

/** Opens a file that was dropped: a project, or a table or text that becomes one. Anything else is explained. */
export async function openFile(app: AppState, file: File): Promise<void> {
  const kind = endingOf(file.name)
  const missing = app.project.problems.find((p) => p.fetch !== undefined)?.fetch
  if (missing !== undefined && app.screen === 'workspace' && isOriginal(file.name))
    await app.library.importDropped(missing)
  else if (isModelFile(file.name) || (kind === 'json' && isTfjsModel(await file.slice(0, 4096).text())))
    app.openDroppedModel()
  else if (kind === 'netloom' || kind === 'json') app.openDropped(file)
  else if ([...TABLE_ENDINGS, ...TEXT_ENDINGS].includes(kind)) startFrom(app, await importDropped(file))
  else app.tellProblem(unknownKind(file.name))
}

/** Could this be one of the files that a data set of the library is published in? */
const isOriginal = (name: string): boolean => /(\.gz|\.tgz|\.tar|\.bin|ubyte)$/i.test(name)

/** Opens a folder that was dropped: its pictures become a project. */
export async function openFolder(app: AppState): Promise<void> {
  show(app, await app.pictures.takeDropped(null))
}

/** Asks for a folder of pictures by dialog and makes a project of it. */
export async function chooseFolder(app: AppState): Promise<void> {
  show(app, await app.pictures.choose(null))
}

function show(app: AppState, read: ReadFolder | undefined): void {
  if (read) {
    const { document, suggestions } = pictureProject(read)
    app.startFrom(document, { suggestions })
  } else if (app.pictures.failed) app.tellProblem(app.pictures.failed)
}

/** Asks for a table or a text by dialog and makes a project of it. */
export async function chooseData(app: AppState, as: 'table' | 'text'): Promise<void> {
  startFrom(app, await request('data:choose', as))
}

/** Hands a dropped file over piece by piece; undefined where the person gives it up. */
async function importDropped(file: File): Promise<Result<ImportedFile | undefined>> {
  const id = await request('data:begin', file.name)
  for (let at = 0; at < file.size; at += PIECE) {
    const piece = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer())
    const taken = await request('data:piece', id, piece)
    if (!taken.ok) return taken
  }
  return request('data:drop', id)
}

function startFrom(app: AppState, imported: Result<ImportedFile | undefined>): void {
  if (!imported.ok) {
    app.tellProblem(imported.problems[0]!)
    return
  }
  if (!imported.value) return
  const { name, file } = imported.value
  const project = 'text' in file ? textProject(name, file) : tableProject(name, file)
  if (!project.ok) {
    app.tellProblem(project.problems[0]!)
    return
  }
  const { document, files, suggestions } = project.value
  app.startFrom(document, { files, suggestions })
}

/** What Netloom reads, said about a file that it does not. */
export function unknownKind(name: string): Problem {
  const sheet = /^(xls|ods|numbers)$/.test(endingOf(name))
  return {
    code: 'unknown-kind',
    message: sheet
      ? `${name} is a spreadsheet in a format that Netloom cannot read. Save it as .xlsx or CSV there, and drop that.`
      : `${name} is neither a project or a model nor a table or a text.`,
    ...(sheet
      ? {}
      : {
          detail:
            'Netloom opens .netloom projects, models of Keras as .keras or .h5 and of TensorFlow.js as model.json, tables as .csv, .tsv or .xlsx, and texts as .txt or .md.'
        })
  }
}
