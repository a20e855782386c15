// A display for Electron, and the switches it needs on this machine.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * The display there is, else an Xvfb of our own. `env` goes to what is started on it.
 * @param {string} size width x height x depth of a virtual screen
 * @returns {Promise<{ env: Record<string, string>, virtual: boolean, close: () => void }>}
 */
export async function openDisplay(size = '1920x1080x24') {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
    return { env: {}, virtual: false, close() {} }
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe']
  })
  const number = await new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`Xvfb could not be started: ${error.message}`)))
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
    // The number and its end of line come in two pieces, and the server ends when it cannot write the second.
    let text = ''
    server.stdio[3].on('data', (data) => {
      text += data
      if (text.includes('\n')) resolve(text.trim())
    })
  })
  server.unref()
  server.stdio[3].unref()
  return { env: { DISPLAY: `:${number}` }, virtual: true, close: () => void server.kill() }
}

const kernelSetting = (name) => {
  try {
    return readFileSync(`/proc/sys/${name}`, 'utf8').trim()
  } catch {
    return undefined // a kernel without this setting
  }
}

/**
 * Why Chromium's sandbox cannot work for a program that was unpacked rather than installed; undefined if it can.
 * @returns {string | undefined}
 */
export function sandboxProblem() {
  if (process.platform !== 'linux') return undefined
  if (process.getuid?.() === 0) return 'root cannot use it'
  if (kernelSetting('kernel/unprivileged_userns_clone') === '0') return 'user namespaces are switched off'
  if (kernelSetting('kernel/apparmor_restrict_unprivileged_userns') === '1')
    return 'AppArmor allows user namespaces to installed programs only'
  return undefined
}

/** Switches for Electron in a checkout. */
export const sandboxArgs = sandboxProblem() ? ['--no-sandbox'] : []
