// npm run oracles [-- --check] [-- NAME …]: makes the golden files in tests/oracles/ again, all or the named ones
// (`losses`). The same machine kind gives the same bytes; --check ends with 1 where it did not.
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { preparePythonOrExit, pythonEnvironment } from './python.mjs'
import { at } from './setup/places.mjs'

const folder = at('tests/oracles')
/** Scripts by name; a leading underscore marks what they share. */
const generators = readdirSync(folder)
  .filter((name) => name.endsWith('.py') && !name.startsWith('_'))
  .map((name) => path.basename(name, '.py'))
  .sort()

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false } }
})
const unknown = positionals.filter((name) => !generators.includes(name))
if (unknown.length) {
  console.error(`There is no ${unknown.join(', ')}. There are: ${generators.join(', ')}.`)
  process.exit(2)
}

/** The golden files by name. */
const contents = () =>
  new Map(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(json|csv)$/.test(entry.name))
      .map(({ name }) => [name, readFileSync(path.join(folder, name), 'utf8')])
  )

function generate(python, name) {
  return new Promise((resolve) => {
    const child = spawn(python, [path.join(folder, `${name}.py`)], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...pythonEnvironment, TF_NUM_INTRAOP_THREADS: '1', TF_ENABLE_ONEDNN_OPTS: '0' }
    })
    child.on('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.on('close', (code) => resolve(code ?? 1))
  })
}

const python = await preparePythonOrExit()
let failed = false
let changed = false
for (const name of positionals.length ? positionals : generators) {
  const before = contents()
  const started = Date.now()
  const code = await generate(python, name)
  const different = [...contents()].filter(([file, text]) => before.get(file) !== text).map(([file]) => file)
  const result = code !== 0 ? 'FAILED' : different.length ? `wrote ${different.join(', ')}` : 'as it was'
  console.log(`  ${name.padEnd(14)} ${result} · ${((Date.now() - started) / 1000).toFixed(1)} s`)
  failed ||= code !== 0
  changed ||= different.length > 0
}
process.exit(failed || (values.check && changed) ? 1 : 0)
