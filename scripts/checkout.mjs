// What is tested and measured here, and on what.
import { execFileSync } from 'node:child_process'
import os from 'node:os'
import { root } from './setup/places.mjs'

/** The commit of this checkout, with "-dirty" where files differ from it; undefined where there is no checkout. */
export function presentCommit() {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore']
    })
      .toString()
      .trim()
  } catch {
    return undefined
  }
}

/** Its processor, as tables name it. */
export function processor() {
  return `${os.cpus()[0]?.model.trim() ?? 'unknown processor'}, ${os.cpus().length} cores`
}
