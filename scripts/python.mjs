// node scripts/python.mjs: a Python of our own with Keras, for golden files and the benchmark's peers. It lies in
// the cache, outside the checkout, and the app never needs it. Says where it is.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fill, folderSize, watchGrowth } from './setup/cache.mjs'
import { at, cache, platform } from './setup/places.mjs'
import { createReport } from './setup/report.mjs'
import { run } from './setup/run.mjs'
import { install } from './setup/system.mjs'

const requirements = at('tests/oracles/requirements.txt')
const oldest = 11 // of Python 3: the packages in requirements.txt have no builds for others
const newest = 13
const venvBytes = 1_800_000_000

/** What the scripts run with: quiet, without a graphics card, alike from one run to the next. */
export const pythonEnvironment = {
  KERAS_BACKEND: 'tensorflow',
  TF_CPP_MIN_LOG_LEVEL: '3',
  CUDA_VISIBLE_DEVICES: '',
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONUNBUFFERED: '1',
  PYTHONHASHSEED: '0'
}

/** The first Python on the PATH that has builds of our packages: { command, minor }. */
async function findPython() {
  const found = []
  const newestFirst = Array.from({ length: newest - oldest + 1 }, (_, i) => `python3.${newest - i}`)
  for (const command of ['python3', 'python', ...newestFirst]) {
    const { code, out } = await run(command, ['-c', 'import sys; print(*sys.version_info[:3])'], {
      allowFail: true
    })
    if (code !== 0) continue
    const [major, minor, patch] = out.trim().split(' ').map(Number)
    if (major === 3 && minor >= oldest && minor <= newest) return { command, minor }
    found.push(`${major}.${minor}.${patch}`)
  }
  const there = found.length ? `; found ${[...new Set(found)].join(', ')}` : ''
  throw new Error(
    `this needs Python 3.${oldest} to 3.${newest} on the PATH as python3${there}. ` +
      'Install one of these; the app itself runs without it.'
  )
}

/** A virtual environment in `folder`. Debian and Ubuntu have the module for it in a package of its own. */
async function createVenv(command, folder) {
  const make = () => run(command, ['-m', 'venv', folder], { allowFail: true })
  let made = await make()
  if (made.code !== 0 && /ensurepip|No module named venv/.test(made.out + made.err))
    if (await install(['python3-venv'], "Python's venv module is missing")) made = await make()
  if (made.code !== 0)
    throw new Error(`Python could not make a virtual environment: ${(made.err || made.out).trim()}`)
}

const interpreter = (folder) =>
  process.platform === 'win32' ? path.join(folder, 'Scripts/python.exe') : path.join(folder, 'bin/python')

/** Makes the environment where it is missing, and resolves to its Python. Goes online only the first time. */
export async function preparePython({ stream = process.stderr } = {}) {
  const { command, minor } = await findPython()
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const folder = path.join(cache, 'python', `3.${minor}-${platform}-${hash}`)
  if (existsSync(folder)) return interpreter(folder)
  const report = createReport({ stream })
  try {
    report.say(
      `Making a Python with Keras, once, about ${Math.round(venvBytes / 1e8) / 10} GB. Cache: ${cache}`
    )
    await report.step('python', async (progress) => {
      // It is made under another name and moved: programs in bin/ would look for the old one, `-m` does not.
      await fill(folder, async (to) => {
        await createVenv(command, to)
        const args = ['-m', 'pip', 'install', '--no-cache-dir', '--only-binary=:all:', '--quiet']
        args.push('--disable-pip-version-check', '-r', requirements)
        await watchGrowth(to, venvBytes, progress, 'pip install', () => run(interpreter(to), args))
        progress('proving it')
        await run(interpreter(to), ['-c', 'import keras, sklearn, tensorflow'], { env: pythonEnvironment })
      })
      return { from: 'PyPI', bytes: await folderSize(folder) }
    })
  } finally {
    report.close()
  }
  return interpreter(folder)
}

/** preparePython() for the commands: a failure is told in a few lines, and ends the command. */
export async function preparePythonOrExit() {
  try {
    return await preparePython()
  } catch (error) {
    console.error(`\nPython could not be set up: ${error.message}`)
    process.exit(1)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await preparePythonOrExit())
