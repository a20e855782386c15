import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where this user's Netloom keeps what it has fetched: the folder that set-up uses too (scripts/setup/places.mjs). */
export function cacheFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform
): string {
  const { NETLOOM_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = environment
  if (NETLOOM_CACHE) return resolve(NETLOOM_CACHE)
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, 'netloom')
  if (platform === 'darwin') return join(homedir(), 'Library/Caches/netloom')
  if (platform === 'win32') return join(LOCALAPPDATA ?? join(homedir(), 'AppData/Local'), 'netloom/Cache')
  return join(homedir(), '.cache/netloom')
}
