// npm run test:full: the tests that take too long for npm test. Every part keeps its results, so that a run that was
// cut off goes on where it was; results of another commit do not count. docs/test-full.md gets the table.
//   --only NAME   one part; may be given several times
import { spawn } from 'node:child_process'
import fs from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { presentCommit, processor } from './checkout.mjs'
import { lessonTable, partTable } from './full/tables.mjs'
import { setupOrExit } from './setup/index.mjs'
import { at, readJson, root } from './setup/places.mjs'

const folder = at('test-results/full')
const page = at('docs/test-full.md')
const vitest = (...args) => [process.execPath, at('node_modules/vitest/vitest.mjs'), 'run', ...args]
const lessonResults = `${folder}/lessons.jsonl`

/** What there is to do: a name, what it shows, and a command that ends with 0 where all is well. */
const parts = [
  {
    name: 'oracles',
    shows: 'golden files made again from Keras are bit for bit those in the checkout',
    command: [process.execPath, at('scripts/oracles.mjs'), '--check']
  },
  {
    name: 'networks',
    shows: 'a thousand networks of each kind learn the same on every engine, or are refused in words',
    command: vitest('tests/core/networks.property.test.ts', 'tests/trainer/networks.property.test.ts')
  },
  {
    name: 'traces',
    shows: 'moons follow the NumPy traces for all 20,000 steps on every engine',
    command: vitest('tests/trainer/oracle.', 'tests/trainer/fused.moons.test.ts')
  },
  {
    name: 'soak',
    shows: '12,000 steps on each engine leave nothing behind, and the memory as it was',
    command: vitest('tests/trainer/soak.test.ts')
  },
  {
    name: 'alarms',
    shows:
      'of 200 trainings on each of five kinds of data without overfitting, at most two are told that there is some',
    command: vitest('tests/trainer/falseAlarms.test.ts')
  },
  {
    name: 'pictures',
    shows:
      'a folder of 20,000 pictures, one in a hundred broken, becomes a project; the longest frame is printed',
    command: vitest('tests/e2e/pictureFolder.test.ts')
  },
  {
    name: 'sources',
    shows:
      'any data of the app is trained on from the window: the quickstart to 0.975, colour pictures within 1.5 GB',
    command: vitest('tests/e2e/everySource.test.ts')
  },
  {
    name: 'tables',
    shows: 'a table of a million rows is read, split and prepared, and the window gets a sample of it',
    command: vitest('tests/trainer/tables.test.ts')
  },
  {
    name: 'exports',
    shows:
      'every layer, 200 random networks and every lesson, exported, give the same answers in the programs the formats are for',
    command: [process.execPath, at('scripts/full/exports.mjs')]
  },
  {
    name: 'killed',
    shows:
      'training is killed at 50 moments and sweeping at 25: no epoch that it had told of is lost, and the store of runs is whole',
    command: vitest('tests/trainer/runs/killed.test.ts', 'tests/trainer/sweep/sweeps.test.ts')
  },
  {
    name: 'lessons',
    shows: 'every lesson reaches its result at full length',
    command: [
      process.execPath,
      at('scripts/netloom.mjs'),
      'lessons',
      '--verify',
      '--json',
      '--resume',
      lessonResults
    ]
  }
]

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [] } } })
const unknown = values.only.filter((name) => !parts.some((part) => part.name === name))
if (unknown.length) {
  console.error(
    `There is no part ${unknown.join(', ')}. There are: ${parts.map(({ name }) => name).join(', ')}.`
  )
  process.exit(2)
}

const commit = presentCommit()

let running
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    running?.kill(signal)
    process.exit(1)
  })

function run([program, ...args]) {
  return new Promise((resolve) => {
    running = spawn(program, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, NETLOOM_FULL: '1' }
    })
    running.on('close', (code) => resolve(code ?? 1))
  })
}

async function lessons() {
  const text = await fs.readFile(lessonResults, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const lines = text.split('\n').filter((line) => line.endsWith('}'))
  return lines.map((line) => JSON.parse(line)).filter((result) => result.commit === commit)
}

async function write(results) {
  await fs.writeFile(
    page,
    `# The long tests

Written by \`npm run test:full\` for commit ${commit} on ${processor()}, ${new Date().toISOString().slice(0, 10)}.

${partTable(parts, results)}

## Lessons at full length

${lessonTable(await lessons())}
`
  )
}

await setupOrExit()
await fs.mkdir(folder, { recursive: true })
const file = `${folder}/parts.json`
const before = readJson(file)
const results = before?.commit === commit ? before.results : {}
for (const { name, command } of parts) {
  if (values.only.length ? !values.only.includes(name) : results[name]?.passed) continue
  console.log(`\n${name}`)
  const started = Date.now()
  const passed = (await run(command)) === 0
  results[name] = { passed, seconds: Math.round((Date.now() - started) / 1000) }
  await fs.writeFile(file, JSON.stringify({ commit, results }))
  await write(results)
}
const missing = parts.filter(({ name }) => !results[name]?.passed).map(({ name }) => name)
console.log(missing.length ? `\nNot passed: ${missing.join(', ')}.` : '\nAll of it passed.')
process.exit(missing.length ? 1 : 0)
