import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where this user's runs are kept: the app says where, else beside its settings, where Electron puts them. */
export function runsFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform
): string {
  const { NETLOOM_RUNS, NETLOOM_USER_DATA, XDG_CONFIG_HOME, APPDATA } = environment
  if (NETLOOM_RUNS) return resolve(NETLOOM_RUNS)
  if (NETLOOM_USER_DATA) return join(resolve(NETLOOM_USER_DATA), 'runs')
  if (platform === 'darwin') return join(homedir(), 'Library/Application Support/netloom/runs')
  if (platform === 'win32') return join(APPDATA ?? join(homedir(), 'AppData/Roaming'), 'netloom/runs')
  return join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'netloom/runs')
}
