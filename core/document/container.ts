import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import type { ProjectFiles } from '../graph/derive'
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../run/checkpoint'
import { fail, ok, type Result } from '../result'
import { parseDocument } from './parse'
import type { Document } from './schema'

/** What a .netloom file holds. */
export interface Project {
  readonly document: Document
  /** Tables that travel with it, as text by file name. */
  readonly files: ProjectFiles
  /** The trained network, if it was trained. */
  readonly checkpoint?: Checkpoint
  /** A PNG for lists of projects. */
  readonly thumbnail?: Uint8Array
}

/** More than this, unpacked, is not a project but a mistake or an attack. */
const MAX_BYTES = 1 << 30

// Anything else in the zip is left alone: a later version may add to it. A name cannot lead out of data/.
const KNOWN = /^(document\.json|training\.bin|thumbnail\.png|data\/(?!\.{1,2}$)[^/]+)$/

/** A zip: document.json, training.bin, thumbnail.png, data/<file>. File names hold no slash. */
export function packProject({ document, files, checkpoint, thumbnail }: Project): Uint8Array {
  const entries: Zippable = { 'document.json': strToU8(`${JSON.stringify(document, null, 2)}\n`) }
  if (checkpoint) entries['training.bin'] = encodeCheckpoint(checkpoint)
  if (thumbnail) entries['thumbnail.png'] = [thumbnail, { level: 0 }]
  for (const [name, text] of Object.entries(files)) {
    if (!KNOWN.test(`data/${name}`)) throw new Error(`${name} is no name for a file in a project.`)
    entries[`data/${name}`] = strToU8(text)
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
  return ok({
    document: document.value,
    files: Object.fromEntries(
      Object.entries(entries)
        .filter(([name]) => name.startsWith('data/'))
        .map(([name, data]) => [name.slice('data/'.length), strFromU8(data)])
    ),
    ...(checkpoint ? { checkpoint: checkpoint.value } : {}),
    ...(thumbnail ? { thumbnail } : {})
  })
}
