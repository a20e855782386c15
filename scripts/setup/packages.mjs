// npm's packages.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { at, electronFolder, platform, readJson } from './places.mjs'
import { run } from './run.mjs'

const revision = 2 // raise when set-up provides something new

/** Changes with everything that set-up depends on. */
export function fingerprint() {
  return createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .update(`${revision} ${platform}`)
    .digest('hex')
}

/** npm notes what it installed in node_modules/.package-lock.json: a `npm ci` run by hand is not repeated. */
export function packagesInstalled() {
  const want = readJson(at('package-lock.json'))?.packages
  const have = readJson(at('node_modules/.package-lock.json'))?.packages
  if (!want || !have || !existsSync(electronFolder)) return false
  return (
    Object.entries(want).every(
      ([name, { version, integrity, optional }]) =>
        !name || optional || (have[name]?.version === version && have[name]?.integrity === integrity)
    ) && Object.keys(have).every((name) => want[name])
  )
}

/** Install scripts stay off: those of Electron and tfjs-node are run by set-up, with an alternative at hand. */
export async function preparePackages(progress) {
  if (packagesInstalled()) return { from: 'npm', note: 'already there' }
  progress('npm ci')
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'])
  const count = Object.keys(readJson(at('node_modules/.package-lock.json'))?.packages ?? {}).length
  return { from: `npm ci, ${count} packages` }
}
