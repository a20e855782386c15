// Running other programs, and finding out what can be reached.
import { spawn } from 'node:child_process'
import dns from 'node:dns/promises'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { root } from './places.mjs'

const verbose = process.argv.includes('--verbose')

/**
 * Runs a program and resolves to { code, out, err }. Rejects unless it ends with 0 or `allowFail` is set; what it
 * printed goes into the error.
 */
export function run(program, args, { cwd = root, env = {}, timeout = 0, allowFail = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout,
      killSignal: 'SIGKILL',
      // npm and pip are .cmd files on Windows
      shell: process.platform === 'win32' && !path.isAbsolute(program)
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (data) => (out += data))
    child.stderr.on('data', (data) => {
      err += data
      if (verbose) process.stderr.write(data)
    })
    const fail = (message) =>
      allowFail ? resolve({ code: -1, out, err: err || message }) : reject(new Error(message))
    child.on('error', (error) => fail(`${program} could not be started: ${error.message}`))
    child.on('close', (code, signal) => {
      if (code === 0) return resolve({ code, out, err })
      if (allowFail) return resolve({ code: code ?? -1, signal, out, err })
      const last = (err || out).trim().split('\n').slice(-12).join('\n')
      reject(new Error(`${path.basename(program)} ${args[0] ?? ''} ended with ${code ?? signal}: ${last}`))
    })
  })
}

/** What a program said last, for a report: its error, without the stack below it. */
export function lastWords({ out, err }) {
  const lines = (err || out)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !/^at |^[{}]/.test(line))
  return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? ''
}

/** Is the program on the PATH? */
export const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .some((folder) => folder && existsSync(path.join(folder, name)))

/** The environment in which the commands of our packages are found, as in an npm script. */
export function withPackageCommands() {
  // Windows calls it Path
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  return { [name]: [path.join(root, 'node_modules/.bin'), process.env[name]].join(path.delimiter) }
}

/** Is the host behind this address usable? A name that does not resolve is answered at once, silence after 4 s. */
export async function reachable(url) {
  if (fails('official')) return false
  // fetch ignores proxies: let the tool that knows them try
  if (process.env.HTTPS_PROXY || process.env.https_proxy) return true
  try {
    await dns.lookup(new URL(url).hostname)
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(4000) })
    return true
  } catch {
    return false
  }
}

/** NETLOOM_SETUP_FAIL=tensorflow,electron,official plays through what happens when one of them cannot be had. */
export const fails = (what) => (process.env.NETLOOM_SETUP_FAIL ?? '').split(',').includes(what)
