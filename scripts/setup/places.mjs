// Where things lie: the checkout, the shared cache, and what set-up leaves in node_modules.
import { readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
/** A path inside the checkout. */
export const at = (...parts) => path.join(root, ...parts)

export const platform = `${process.platform}-${process.arch}`

function cacheFolder() {
  const { NETLOOM_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  if (NETLOOM_CACHE) return path.resolve(NETLOOM_CACHE)
  if (XDG_CACHE_HOME) return path.join(XDG_CACHE_HOME, 'netloom')
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library/Caches/netloom')
  if (process.platform === 'win32')
    return path.join(LOCALAPPDATA ?? path.join(os.homedir(), 'AppData/Local'), 'netloom/Cache')
  return path.join(os.homedir(), '.cache/netloom')
}

/** Shared by every checkout of this user. */
export const cache = cacheFolder()

export const electronFolder = at('node_modules/electron')
export const electronProgram = path.join(
  electronFolder,
  'dist',
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron'
)

export const tfjsFolder = at('node_modules/@tensorflow/tfjs-node')
export const addon = path.join(tfjsFolder, 'lib/napi-v8/tfjs_binding.node')

/** The app reads this one to tell the user which engine runs, and why (trainer/nativeAddon.ts). */
export const recordFile = at('node_modules/.netloom-setup.json')

/** What the last set-up found out, or an empty object. */
export function readRecord() {
  return readJson(recordFile) ?? {}
}

/** A JSON file's content; undefined when it is missing or broken. */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
