import { createRequire } from 'node:module'
import type * as Image from '@napi-rs/image'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findUp } from '../../findUp'

/** The package for this kind of computer; npm installs no other. */
function addon(): string {
  const packages = findUp('node_modules/@napi-rs/image/package.json')
  const folder = findUp('native-pictures') ?? (packages && dirname(dirname(packages)))
  const found = folder === undefined ? [] : nodeFiles(folder)
  const file = found[0]
  if (file === undefined) throw new Error('the part that reads pictures is missing: install Netloom again')
  return file
}

function nodeFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name.startsWith('image') ? nodeFiles(path) : []
    return entry.name.endsWith('.node') ? [path] : []
  })
}

let loaded: typeof Image | undefined

/** The decoder of @napi-rs/image: its JavaScript only chooses the addon, which a bundle has to do itself. */
export function imageAddon(): typeof Image {
  loaded ??= createRequire(import.meta.filename)(addon()) as typeof Image
  return loaded
}
