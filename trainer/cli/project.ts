import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { unpackProject, type Project } from '@core/document/container'
import { setSetting } from '@core/document/paths'
import type { Document } from '@core/document/schema'
import { lessonProjects } from '@core/lessons/projects'
import type { Result } from '@core/result'
import { templates } from '@core/templates'
import { readBytes, readText } from './files'
import type { Options } from './options'
import { badInput, BadInput } from './words'

type Loaded = Pick<Project, 'document' | 'files' | 'checkpoint'>

const builtIn: { readonly [id: string]: Document } = Object.fromEntries(
  [...lessonProjects, ...templates].map(({ id, document }) => [id, document])
)

/** The project that was named, with the changes that the options ask for. Throws BadInput. */
export function loadProject(options: Options): Loaded {
  const found = withData(open(options.project), options.data)
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

function open(name: string | undefined): Loaded {
  const ids = Object.keys(builtIn).join(', ')
  if (name === undefined) throw new BadInput(`Which project? A file, or one of ${ids}.`)
  if (!existsSync(name) || statSync(name).isDirectory()) {
    if (Object.hasOwn(builtIn, name)) return { document: builtIn[name]!, files: {} }
    throw new BadInput(`There is no file ${name}, and no lesson of that name. Lessons: ${ids}.`)
  }
  const project = good(unpackProject(readBytes(name)))
  return { ...project, files: { ...besides(project.document, name), ...project.files } }
}

/** The table a bare document.json names, where it lies in the same folder. */
function besides(document: Document, path: string): Project['files'] {
  const file = document.data.source.config['file']
  if (typeof file !== 'string' || file === '' || basename(file) !== file) return {}
  const place = join(dirname(path), file)
  return existsSync(place) ? { [file]: readFileSync(place, 'utf8') } : {}
}

function withData(project: Loaded, path: string | undefined): Loaded {
  if (path === undefined) return project
  const file = basename(path)
  const source = { type: 'csv', config: { file } }
  const { document, files } = project
  return {
    ...project,
    document: { ...document, data: { ...document.data, source } },
    files: { ...files, [file]: readText(path) }
  }
}

function good<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw badInput(result.problems)
}
