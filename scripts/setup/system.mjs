// Libraries that belong to the operating system: installed where set-up may do so, else named in a command.
import { existsSync } from 'node:fs'
import { electronProgram } from './places.mjs'
import { lastWords, onPath, run } from './run.mjs'

const isRoot = process.getuid?.() === 0
const hasDisplay = () => Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/** Xvfb has to be there where nothing else shows windows. */
export const displayMissing = () => process.platform === 'linux' && !hasDisplay() && !onPath('Xvfb')

// Debian 13 and Ubuntu 24.04 gave these a new name.
const renamed = (name) => (/^lib(gtk-3-0|asound2)$/.test(name) ? `${name}t64` : name)

/** Installs packages of the distribution; false, with a line that says what to type, where that is not ours to do. */
export async function install(packages, why, say = console.error) {
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) {
    say(`  ${why}: install what your system calls ${packages.join(' ')}`)
    return false
  }
  if (!isRoot) {
    say(`  ${why}; run: sudo ${command}`)
    return false
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const attempt = (names) =>
    run('apt-get', ['install', '-y', '--no-install-recommends', ...names], { env, allowFail: true })
  let result = await attempt(packages)
  if (result.code !== 0) {
    await run('apt-get', ['update'], { env, allowFail: true })
    result = await attempt(packages)
  }
  if (result.code !== 0) result = await attempt(packages.map(renamed))
  if (result.code !== 0) say(`  ${why}: apt-get failed: ${lastWords(result)}`)
  return result.code === 0
}

/** What Electron links against and does not bring along. Returns { from, note?, complete }. */
export async function prepareSystem(progress, say) {
  if (process.platform !== 'linux') return { from: 'nothing needed', complete: true }
  const { out } = await run('ldd', [electronProgram], { allowFail: true })
  const missing = [...out.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1])
  const packages = missing.length ? ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2'] : []
  if (displayMissing()) packages.push('xvfb', 'xauth')
  if (packages.length === 0) return { from: 'all libraries are there', complete: true }
  progress('apt-get')
  const why = missing.length ? `Electron needs ${missing.join(', ')}` : 'there is no display, and no Xvfb'
  const complete = await install(packages, why, say)
  return { from: complete ? 'apt-get' : 'not installed', note: packages.join(' '), complete }
}
