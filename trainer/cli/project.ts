import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { DataFile, ProjectFiles } from '@core/data/files'
import { packProject, unpackProject, type PackedFile, type Project } from '@core/document/container'
import { setSetting } from '@core/document/paths'
import type { Document } from '@core/document/schema'
import { lessonProjects } from '@core/lessons/projects'
import { fullPart } from '@core/registry/complete'
import { part } from '@core/registry/define'
import type { Result } from '@core/result'
import { templates } from '@core/templates'
import { importBytes, importTable } from '../data/importTable'
import { originalPath } from '../data/store'
import { readBytes } from './files'
import type { Options } from './options'
import { badInput, BadInput } from './words'

/** A project with its files in the data store. */
interface Loaded extends Pick<Project, 'document' | 'checkpoint'> {
  readonly files: ProjectFiles
}

const builtIn: { readonly [id: string]: Document } = Object.fromEntries(
  [...lessonProjects, ...templates].map(({ id, document }) => [id, document])
)

/** The project that was named, with the changes that the options ask for. Throws BadInput. */
export async function loadProject(options: Options): Promise<Loaded> {
  const found = await withData(await openProject(options.project), options.data)
  const { engine, epochs, seed } = options
  const given: readonly (readonly [string, unknown])[] = [
    ['training.engine', engine],
    ['training.epochs', epochs],
    ['training.seed', seed]
  ]
  const settings = [...options.set, ...given.filter(([, value]) => value !== undefined)]
  const document = settings.reduce((d, [path, value]) => good(setSetting(d, path, value)), found.document)
  return { ...found, document }
}

/** The project as bytes: its files come from the data store. */
export async function packLoaded(project: Loaded): Promise<Uint8Array> {
  const files: Record<string, PackedFile> = {}
  for (const [name, { sha256, read }] of Object.entries(project.files))
    files[name] = { bytes: await readFile(originalPath(sha256)), read }
  return packProject({ ...project, files })
}

async function openProject(name: string | undefined): Promise<Loaded> {
  const ids = Object.keys(builtIn).join(', ')
  if (name === undefined) throw new BadInput(`Which project? A file, or one of ${ids}.`)
  if (!existsSync(name) || statSync(name).isDirectory()) {
    if (Object.hasOwn(builtIn, name)) return { document: builtIn[name]!, files: {} }
    throw new BadInput(`There is no file ${name}, and no lesson of that name. Lessons: ${ids}.`)
  }
  const { files: packed, ...project } = good(unpackProject(readBytes(name)))
  const files: Record<string, DataFile> = { ...(await besides(project.document, name)) }
  for (const [file, { bytes, read }] of Object.entries(packed))
    files[file] = good(await importBytes(bytes, file, { read }))
  return { ...project, files }
}

/** The table a bare document.json names, where it lies in the same folder. */
async function besides(document: Document, path: string): Promise<ProjectFiles> {
  const file = document.data.source.config['file']
  if (typeof file !== 'string' || file === '' || basename(file) !== file) return {}
  const place = join(dirname(path), file)
  return existsSync(place) ? { [file]: await importNamed(place) } : {}
}

/** The project on this table; where it was on another kind of data, the table's last column is the answer. */
async function withData(project: Loaded, path: string | undefined): Promise<Loaded> {
  if (path === undefined) return project
  const file = basename(path)
  const imported = await importNamed(path)
  const { document, files } = project
  const before = document.data.source
  const type = 'text' in imported ? 'text' : 'table'
  const source =
    before.type === type
      ? { type, config: { ...before.config, file } }
      : fullPart('source', part(type, type === 'text' ? { file } : { file, scaling: 'none' }))
  return {
    ...project,
    document: { ...document, data: { ...document.data, source } },
    files: { ...files, [file]: imported }
  }
}

/** Takes a file that was named on the command line into the data store. Throws BadInput where it cannot be read. */
export async function importNamed(path: string): Promise<DataFile> {
  const imported = await importTable(path, basename(path)).catch((error: unknown) => {
    throw new BadInput(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  })
  return good(imported)
}

function good<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw badInput(result.problems)
}
