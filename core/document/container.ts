import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import { z } from 'zod'
import { readOptionsSchema } from '../data/files'
import { autoOptions, type ReadOptions } from '../data/table/sniff'
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../run/checkpoint'
import { structureKey } from '../run/structure'
import { fail, ok, type Result } from '../result'
import { parseDocument } from './parse'
import type { Document } from './schema'

/** A file inside a .netloom file. */
export interface PackedFile {
  readonly bytes: Uint8Array
  readonly read: ReadOptions
}

/** What a .netloom file holds. */
export interface Project {
  readonly document: Document
  /** The files that travel with it, as they are, by name. */
  readonly files: { readonly [name: string]: PackedFile }
  /** The trained network, if it was trained. */
  readonly checkpoint?: Checkpoint
  /** A PNG for lists of projects. */
  readonly thumbnail?: Uint8Array
}

/** More than this, unpacked, is not a project but a mistake or an attack. */
const MAX_BYTES = 1 << 30

// Anything else in the zip is left alone: a later version may add to it. A name cannot lead out of data/.
const KNOWN = /^(document\.json|files\.json|training\.bin|thumbnail\.png|data\/(?!\.{1,2}$)[^/]+)$/

/** How each file is read. */
const readSchema = z.record(z.string(), readOptionsSchema)

/** Files that are larger are not packed tighter: saving must not take long. */
const PACKED_BELOW = 8 << 20

/** A zip: document.json, files.json, training.bin, thumbnail.png, data/<file>. File names hold no slash. */
export function packProject({ document, files, checkpoint, thumbnail }: Project): Uint8Array {
  const entries: Zippable = { 'document.json': strToU8(`${JSON.stringify(document, null, 2)}\n`) }
  if (checkpoint) entries['training.bin'] = encodeCheckpoint(checkpoint)
  if (thumbnail) entries['thumbnail.png'] = [thumbnail, { level: 0 }]
  const read = Object.entries(files).map(([name, file]) => [name, file.read] as const)
  if (read.length > 0) entries['files.json'] = strToU8(JSON.stringify(Object.fromEntries(read)))
  for (const [name, { bytes }] of Object.entries(files)) {
    if (!KNOWN.test(`data/${name}`)) throw new Error(`${name} is no name for a file in a project.`)
    entries[`data/${name}`] = [bytes, { level: bytes.length < PACKED_BELOW ? 6 : 0 }]
  }
  return zipSync(entries)
}

/** A project from the bytes of a .netloom file or of a bare document.json. All of it or nothing. */
export function unpackProject(bytes: Uint8Array): Result<Project> {
  if (bytes.length === 0)
    return fail({ code: 'empty-file', message: 'This file is empty. Perhaps saving it was interrupted.' })
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b
  if (!zipped) {
    const document = parseDocument(strFromU8(bytes))
    return document.ok ? ok({ document: document.value, files: {} }) : document
  }
  let entries: Record<string, Uint8Array>
  let total = 0
  try {
    entries = unzipSync(bytes, {
      filter: (file) => {
        total += file.originalSize
        if (total > MAX_BYTES) throw new Error('it is larger than 1 GB unpacked')
        return KNOWN.test(file.name)
      }
    })
  } catch (error) {
    return fail({
      code: 'broken-file',
      message: `This project file is damaged: ${(error as Error).message}.`,
      detail: 'If you have a copy, open that one.'
    })
  }
  const json = entries['document.json']
  if (!json)
    return fail({
      code: 'broken-file',
      message: 'This file is not a Netloom project: it holds no document.json.'
    })
  const document = parseDocument(strFromU8(json))
  if (!document.ok) return document
  const saved = entries['training.bin']
  const checkpoint = saved && decodeCheckpoint(saved)
  if (checkpoint && !checkpoint.ok) return checkpoint
  const thumbnail = entries['thumbnail.png']
  const read = readingOf(entries['files.json'])
  if (!read.ok) return read
  return ok({
    document: document.value,
    files: Object.fromEntries(
      Object.entries(entries)
        .filter(([name]) => name.startsWith('data/'))
        .map(([entry, data]): [string, PackedFile] => {
          const name = entry.slice('data/'.length)
          return [name, { bytes: data, read: read.value.get(name) ?? autoOptions }]
        })
    ),
    ...(checkpoint ? { checkpoint: raised(checkpoint.value, json, document.value) } : {}),
    ...(thumbnail ? { thumbnail } : {})
  })
}

/** How each file is read; as is usual where the project is older than that question. */
function readingOf(bytes: Uint8Array | undefined): Result<ReadonlyMap<string, ReadOptions>> {
  if (!bytes) return ok(new Map())
  try {
    return ok(new Map(Object.entries(readSchema.parse(JSON.parse(strFromU8(bytes))))))
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error
    return fail({
      code: 'broken-file',
      message: 'This project file is damaged: its files.json does not say how its tables are read.',
      detail: 'If you have a copy, open that one.'
    })
  }
}

/** A trained state was saved with its document, so it goes on belonging to it where the document was raised. */
function raised(checkpoint: Checkpoint, json: Uint8Array, document: Document): Checkpoint {
  const { version } = JSON.parse(strFromU8(json)) as { readonly version: number }
  return version === document.version ? checkpoint : { ...checkpoint, structure: structureKey(document) }
}
