// npm test: set-up, format, lint, types, build, then every test. npm test -- <vitest arguments> runs the tests
// named, without the checks before them. The last line is `N passed, N failed`.
import { spawn } from 'node:child_process'
import fs from 'node:fs/promises'
import path from 'node:path'
import { buildIfStale } from './build.mjs'
import { setupOrExit } from './setup/index.mjs'
import { at, readJson, root } from './setup/places.mjs'

const args = process.argv.slice(2)
const started = Date.now()
const since = (time) => `${((Date.now() - time) / 1000).toFixed(1)} s`
const bin = (name) => at('node_modules', name)
const tsc = (folder) => [folder, bin('typescript/bin/tsc'), '-p', folder]

// Those that take longest first: two are under way at a time, and should come to their ends together.
const checks = [
  ['eslint', bin('eslint/bin/eslint.js'), '.', '--ignore-pattern', 'renderer'],
  ['eslint renderer', bin('eslint/bin/eslint.js'), 'renderer'],
  [
    'renderer',
    bin('svelte-check/bin/svelte-check'),
    ...['--tsconfig', 'renderer/tsconfig.json', '--output', 'human']
  ],
  ['prettier', bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ...['tests', 'trainer', 'core', 'main', 'preload', '.'].map(tsc)
]
const AT_A_TIME = 2

/** Runs a check quietly; what it printed is shown when it fails. */
function check([name, script, ...rest]) {
  const start = Date.now()
  const what = /tsc$/.test(script)
    ? `types ${name}`
    : /svelte-check/.test(script)
      ? `svelte-check ${name}`
      : name
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...rest], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (data) => (output += data))
    child.stderr.on('data', (data) => (output += data))
    child.on('close', (code) => {
      if (code !== 0) process.stdout.write(`${output.trimEnd()}\n`)
      console.log(`  ${code === 0 ? 'ok    ' : 'FAILED'} ${what} · ${since(start)}`)
      resolve(code === 0 ? [] : [what])
    })
  })
}

async function runChecks() {
  const left = [...checks]
  const failed = []
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) failed.push(...(await check(next)))
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, work))
  return failed
}

async function build() {
  const start = Date.now()
  try {
    await buildIfStale()
    console.log(`  ok     build · ${since(start)}`)
    return []
  } catch (error) {
    console.log(`  FAILED build · ${error.message}`)
    return ['build']
  }
}

/** Runs vitest and counts from its own report: what could not even be loaded counts as failed. */
async function runTests() {
  const report = at('test-results/vitest.json')
  await fs.rm(report, { force: true })
  const code = await new Promise((resolve) => {
    const vitest = spawn(
      process.execPath,
      [
        ...[bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json'],
        ...[`--outputFile.json=${path.relative(root, report)}`, ...args]
      ],
      { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }
    )
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => vitest.kill(signal))
    vitest.on('close', resolve)
  })
  const result = readJson(report)
  const unloadable = (result?.testResults ?? []).filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
  ).length
  const failed = (result?.numFailedTests ?? 0) + unloadable
  // an error outside of any test fails the run as well
  return { passed: result?.numPassedTests ?? 0, failed: code !== 0 && failed === 0 ? 1 : failed }
}

await setupOrExit()
await fs.mkdir(at('test-results'), { recursive: true })
const failedChecks = []
if (args.length === 0) {
  console.log('Checks')
  failedChecks.push(...(await runChecks()))
}
failedChecks.push(...(await build()))
const { passed, failed } = await runTests()
if (failedChecks.length) console.log(`Checks that failed: ${failedChecks.join(', ')}`)
console.log(`All of it took ${since(started)}.`)
console.log(`${passed} passed, ${failed + failedChecks.length} failed`)
process.exit(failed + failedChecks.length ? 1 : 0)
