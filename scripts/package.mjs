// npm run package [-- --fast] [-- --win | --mac]: the app as people install it, in release/.
//   Linux: the unpacked app, a .tar.gz and a .deb (where dpkg-deb is). Made with tar and dpkg-deb: the builder's
//   own tools for them would have to be downloaded.
//   --win, --mac: the builder's own targets, on such a machine.
//   --fast: light compression, for tests.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { buildIfStale } from './build.mjs'
import { makeDeb } from './package/debian.mjs'
import { size } from './setup/report.mjs'
import { onPath, run } from './setup/run.mjs'
import { setupOrExit } from './setup/index.mjs'
import { at, readJson, root } from './setup/places.mjs'

const args = process.argv.slice(2)
const level = args.includes('--fast') ? 1 : 6

function builder(...targets) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [at('node_modules/electron-builder/out/cli/cli.js'), ...targets, '--publish', 'never'],
      {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        // Hard links would lead into the shared cache, and the fuses are written into the executable.
        env: { ...process.env, USE_HARD_LINKS: 'false' }
      }
    )
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`electron-builder ended with ${code}`))
    )
  })
}

/** Runs work and says what came out of it, how big and how long it took. */
async function made(work) {
  const started = Date.now()
  const file = await work()
  const { size: bytes } = await fs.stat(file)
  console.log(
    `  ${path.relative(root, file)} · ${size(bytes)} · ${((Date.now() - started) / 1000).toFixed(1)} s`
  )
}

async function linuxPackages() {
  await fs.rm(at('release'), { recursive: true, force: true })
  await builder('--linux', 'dir')
  const unpacked = at('release', process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`)
  const name = `netloom-${readJson(at('package.json')).version}-linux-${process.arch}`
  await made(async () => {
    const file = at(`release/${name}.tar.gz`)
    await run('tar', [
      ...['--create', '--file', file, `--use-compress-program=gzip -${level}`],
      ...['--owner=0', '--group=0', '--numeric-owner', `--transform=s,^\\./,${name}/,`, '-C', unpacked, './']
    ])
    return file
  })
  if (onPath('dpkg-deb')) await made(() => makeDeb(unpacked, at(`release/${name}.deb`), level))
  else console.log('  no .deb: dpkg-deb is not here')
}

const { engine } = await setupOrExit()
if (engine.kind !== 'native')
  console.warn(`This package will train on WebAssembly only. ${engine.reason} ${engine.remedy}`)
try {
  await buildIfStale()
  const foreign = args.filter((arg) => arg === '--win' || arg === '--mac')
  if (foreign.length) await builder(...foreign)
  else if (process.platform === 'linux') await linuxPackages()
  else await builder()
  if (!existsSync(at('release'))) throw new Error('nothing was made')
} catch (error) {
  console.error(`The package could not be made: ${error.message}`)
  process.exit(1)
}
