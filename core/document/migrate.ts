import { DOCUMENT_VERSION } from './schema'

/** Turns a document of version n into one of version n + 1. */
type Migration = (document: Record<string, unknown>) => Record<string, unknown>

/** By the version they start from. Version 1 is the first there was. */
const migrations: { readonly [from: number]: Migration } = {}

/** The document raised to this build's version; the caller has made sure that it is not a later one. */
export function migrate(document: Record<string, unknown>, from: number): Record<string, unknown> {
  let current = document
  for (let version = from; version < DOCUMENT_VERSION; version++) {
    const step = migrations[version]
    if (!step) throw new Error(`There is no migration from document version ${version}.`)
    current = { ...step(current), version: version + 1 }
  }
  return current
}
