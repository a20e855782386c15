// Builds the app and the command line tool, if anything they are made of has changed.
//   node scripts/build.mjs [--force]
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { at, readJson, readRecord, root } from './setup/places.mjs'

const folders = ['core', 'main', 'preload', 'renderer', 'trainer', 'assets', 'scripts/build']
const files = ['package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.base.json']
const outputs = [
  'main/index.cjs',
  'main/trainer.cjs',
  'preload/index.cjs',
  'renderer/index.html',
  'cli/netloom.cjs'
]
const stampFile = at('out/.stamp')
const infoFile = at('out/build-info.json')

/** One hash over every source: content, because a checkout changes times without changing anything. */
function sourceHash() {
  const hash = createHash('sha256').update(JSON.stringify(readRecord()))
  const names = folders.flatMap((folder) =>
    existsSync(at(folder))
      ? readdirSync(at(folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
      : []
  )
  for (const name of [...names.sort(), ...files])
    hash.update(`\n${name}\n`).update(existsSync(at(name)) ? readFileSync(at(name)) : '')
  return hash.digest('hex')
}

const stampNow = () => (existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '')
const upToDate = (hash) => stampNow() === hash && outputs.every((name) => existsSync(at('out', name)))

/** The commit, where there is one. */
function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore']
    })
      .toString()
      .trim()
  } catch {
    return undefined // a source archive
  }
}

/** What the About box says about this build. */
async function writeBuildInfo() {
  const { electron, engine } = readRecord()
  const info = {
    version: readJson(at('package.json')).version,
    commit: commit(),
    builtAt: new Date().toISOString(),
    electronStandIn: electron?.standIn ?? false,
    electronFrom: electron?.from,
    engineFrom: engine?.from
  }
  await fs.writeFile(infoFile, `${JSON.stringify(info, null, 2)}\n`)
}

async function buildAll() {
  const { build: buildElectron } = await import('electron-vite')
  const { build } = await import('vite')
  const { commandLine } = await import('./build/bundles.mjs')
  await buildElectron({ root, logLevel: 'warn' })
  await build(commandLine())
  await writeBuildInfo()
}

/** Two commands at once would clear each other's output: the second one waits, and then finds it done. */
async function locked(work) {
  const lock = at('out/.lock')
  await fs.mkdir(at('out'), { recursive: true })
  const alive = (pid) => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
  for (;;) {
    try {
      await fs.writeFile(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const holder = Number(await fs.readFile(lock, 'utf8').catch(() => '0'))
      if (holder && !alive(holder)) await fs.rm(lock, { force: true })
      else await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  try {
    return await work()
  } finally {
    await fs.rm(lock, { force: true })
  }
}

/**
 * Builds in a process of its own if anything changed: build tools set NODE_ENV and print where they like. What
 * they say goes to stderr.
 */
export async function buildIfStale({ stream = process.stderr } = {}) {
  if (upToDate(sourceHash())) return false
  const started = Date.now()
  const code = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url)], {
      cwd: root,
      stdio: ['ignore', 2, 2]
    })
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new Error('the build failed (see above)')
  stream.write(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.\n`)
  return true
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await locked(async () => {
    const hash = sourceHash()
    if (upToDate(hash) && !process.argv.includes('--force')) return
    await fs.rm(stampFile, { force: true })
    await buildAll()
    await fs.writeFile(stampFile, hash)
  })
