import { dataFileSchema } from '@core/data/files'
import { readDocument } from '@core/document/parse'
import { ok, type Result } from '@core/result'
import type { RunSnapshot } from '@core/runs/kept'
import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { one, run, type Sqlite } from './sqlite'

const filesSchema = z.record(z.string(), dataFileSchema)

export const hashOf = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

/** Keeps a snapshot where it is not kept already; the key it is kept under. */
export function keepSnapshot(db: Sqlite, { document, files }: RunSnapshot): string {
  const text = JSON.stringify({ document, files })
  const hash = hashOf(text)
  if (!one(db, 'select 1 from snapshots where hash = ?', hash))
    run(db, 'insert or ignore into snapshots values (?, ?)', hash, deflateRawSync(text))
  return hash
}

/** The snapshot of this key; problems where a document of an older version cannot be read any more. */
export function readSnapshot(db: Sqlite, hash: string): Result<RunSnapshot> {
  const { body } = one<{ body: ArrayBuffer }>(db, 'select body from snapshots where hash = ?', hash)!
  const json = JSON.parse(inflateRawSync(Buffer.from(body)).toString()) as {
    document: unknown
    files: unknown
  }
  const document = readDocument(json.document)
  return document.ok ? ok({ document: document.value, files: filesSchema.parse(json.files) }) : document
}
