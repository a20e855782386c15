import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The file nearest above this one: beside app.asar in the packaged app, in node_modules in a checkout. */
export function findUp(...candidates: string[]): string | undefined {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const found = candidates.map((name) => join(folder, name)).find((path) => existsSync(path))
    if (found) return found
    if (dirname(folder) === folder) return undefined
  }
}
