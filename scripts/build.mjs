// Builds the app and the command line tool, if anything they are made of has changed.
//   node scripts/build.mjs [cli] [app] [--force]
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { at, readJson, readRecord, recordFile, root } from './setup/places.mjs'

// What is built, from what. The command line tool does not wait for the window's bundles.
const tools = ['scripts/build', 'package.json', 'package-lock.json', 'tsconfig.base.json']
const targets = {
  page: {
    sources: ['core', 'page', 'renderer', 'trainer', ...tools],
    outputs: ['page/runtime.json'],
    build: buildPage
  },
  cli: { sources: ['core', 'trainer', ...tools], outputs: ['cli/netloom.cjs'], build: buildCommandLine },
  app: {
    sources: [
      ...['core', 'trainer', 'main', 'preload', 'renderer', 'assets', ...tools],
      ...['electron.vite.config.ts', recordFile]
    ],
    outputs: [
      'main/index.cjs',
      'main/trainer.cjs',
      'main/viewWorker.cjs',
      'main/data.cjs',
      'main/runs.cjs',
      'main/rerun.cjs',
      'main/pictures.cjs',
      'preload/index.cjs',
      'renderer/index.html',
      'build-info.json'
    ],
    build: buildApp
  }
}

const stampFile = (target) => at('out', `.${target}`)

function filesOf(source) {
  const start = path.resolve(root, source)
  const info = statSync(start, { throwIfNoEntry: false })
  if (!info?.isDirectory()) return info ? [start] : []
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

/** One hash over a target's sources: content, because a checkout changes times without changing anything. */
function sourceHash(target) {
  const hash = createHash('sha256')
  for (const file of targets[target].sources.flatMap(filesOf))
    hash.update(`\n${path.relative(root, file)}\n`).update(readFileSync(file))
  return hash.digest('hex')
}

function upToDate(target, hash) {
  const stamp = existsSync(stampFile(target)) ? readFileSync(stampFile(target), 'utf8') : ''
  return stamp === hash && targets[target].outputs.every((name) => existsSync(at('out', name)))
}

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
  await fs.writeFile(at('out/build-info.json'), `${JSON.stringify(info, null, 2)}\n`)
}

async function buildApp() {
  const { build } = await import('electron-vite')
  await build({ root, logLevel: 'warn' })
  await writeBuildInfo()
}

/** What core/export/format.ts calls a PageRuntime. */
async function buildPage() {
  const { build } = await import('vite')
  const { pageProgram } = await import('./build/bundles.mjs')
  const { output } = await build(pageProgram())
  const script = output.find(({ type }) => type === 'chunk').code.trim()
  const style = String(output.find(({ fileName }) => fileName.endsWith('.css')).source).trim()
  // A browser hashes what it reads between the tags, with its own line ends.
  for (const [text, end] of [
    [script, /<\/?script|\r|\0/i],
    [style, /<\/style|\r|\0/i]
  ])
    if (end.test(text))
      throw new Error(`The page's program holds ${end.exec(text)[0]}, which ends it in HTML.`)
  const sha = (text) => createHash('sha256').update(text).digest('base64')
  await fs.mkdir(at('out/page'), { recursive: true })
  const runtime = { script, style, hashes: { script: sha(script), style: sha(style) } }
  await fs.writeFile(at('out/page/runtime.json'), JSON.stringify(runtime))
}

async function buildCommandLine() {
  const { build } = await import('vite')
  const { commandLine } = await import('./build/bundles.mjs')
  await build(commandLine())
}

/** Builds one target unless another command has just done so. */
async function build(target) {
  const hash = sourceHash(target)
  if (upToDate(target, hash) && !process.argv.includes('--force')) return
  await fs.rm(stampFile(target), { force: true })
  await targets[target].build()
  await fs.writeFile(stampFile(target), hash)
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
 * Builds what has changed, in a process of its own: build tools set NODE_ENV and print where they like. What they
 * say goes to stderr. Without `names`, all targets.
 */
export async function buildIfStale(names = Object.keys(targets)) {
  const stale = names.filter((target) => !upToDate(target, sourceHash(target)))
  if (stale.length === 0) return
  const started = Date.now()
  const code = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...stale], {
      cwd: root,
      stdio: ['ignore', 2, 2]
    })
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new Error('the build failed (see above)')
  process.stderr.write(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = Object.keys(targets).filter((target) => process.argv.includes(target))
  try {
    await locked(async () => {
      for (const target of named.length ? named : Object.keys(targets)) await build(target)
    })
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
