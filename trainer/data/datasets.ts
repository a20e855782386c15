import { makeDataset, type Dataset } from '@core/data/dataset'
import type { DataFile, ProjectFiles } from '@core/data/files'
import type { PictureFolder } from '@core/data/pictureFolder'
import { sampleOf, type Sample } from '@core/data/sample'
import type { Table } from '@core/data/table/columns'
import type { Document } from '@core/document/schema'
import { sources } from '@core/registry'
import type { FolderPictures } from '@core/registry/define'
import { ok, type Result } from '@core/result'
import { tableFor, textFor } from './importTable'
import { readLibrary } from './library'
import { readPictures } from './pictures/read'

type Data = Document['data']

/** Made last and perhaps still in use: a large table is not prepared again for every look at it. */
let last: { readonly key: string; readonly dataset: WeakRef<Dataset> } | undefined

/** The data of a document, with what it needs from the library and from the project's files. */
export async function readDataset(data: Data, files: ProjectFiles): Promise<Result<Dataset>> {
  const key = keyOf(data, files)
  const before = last?.key === key ? last.dataset.deref() : undefined
  if (before) return ok(before)
  const library = await readLibrary(sources[data.source.type]!.library ?? [])
  if (!library.ok) return library
  const tables = await tablesFor(data, files)
  if (!tables.ok) return tables
  const texts = await textsFor(data, files)
  if (!texts.ok) return texts
  const pictures = await picturesFor(data)
  if (!pictures.ok) return pictures
  const supplies = {
    ...{ library: library.value, tables: tables.value },
    ...{ texts: texts.value, pictures: pictures.value }
  }
  const made = makeDataset(data, files, supplies)
  if (made.ok && made.value.prepared) last = { key, dataset: new WeakRef(made.value) }
  return made
}

/** What the window gets to see of a document's table; undefined where its data is no table. */
export async function readSample(data: Data, files: ProjectFiles): Promise<Result<Sample | undefined>> {
  const read = await readTable(data, files)
  if (!read.ok) return read
  const table = read.value
  if (!table) return ok(undefined)
  const dataset = await readDataset(data, files)
  return dataset.ok ? ok(sampleOf(dataset.value, table)) : dataset
}

/** The table that the data of a document comes from; undefined where it is no table. */
export async function readTable(data: Data, files: ProjectFiles): Promise<Result<Table | undefined>> {
  const tables = await tablesFor(data, files)
  return tables.ok ? ok(Object.values(tables.value)[0]) : tables
}

async function tablesFor(
  data: Data,
  files: ProjectFiles
): Promise<Result<{ readonly [file: string]: Table }>> {
  const own = fileOf(data, files, 'table')
  if (!own) return ok({})
  const table = await tableFor(own.name, own.file)
  return table.ok ? ok({ [own.name]: table.value }) : table
}

async function textsFor(
  data: Data,
  files: ProjectFiles
): Promise<Result<{ readonly [file: string]: string }>> {
  const own = fileOf(data, files, 'text')
  if (!own) return ok({})
  const text = await textFor(own.name, own.file)
  return text.ok ? ok({ [own.name]: text.value }) : text
}

/** The file that the data is read from in this way. */
function fileOf(
  { source }: Data,
  files: ProjectFiles,
  as: 'table' | 'text'
): { readonly name: string; readonly file: DataFile } | undefined {
  const name = String(source.config['file'])
  const file = sources[source.type]!.reads === as && Object.hasOwn(files, name) ? files[name] : undefined
  return file && as in file ? { name, file } : undefined
}

function picturesFor({ source: { type, config } }: Data): Promise<Result<FolderPictures | undefined>> {
  const settings = sources[type]!.pictures?.(config as never)
  const folder = config['folder'] as PictureFolder | '' | undefined
  return settings && folder ? readPictures(folder, settings) : Promise.resolve(ok(undefined))
}

function keyOf(data: Data, files: ProjectFiles): string {
  return JSON.stringify([data, Object.entries(files).map(([name, { sha256, read }]) => [name, sha256, read])])
}
