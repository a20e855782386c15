// npm run bench: how fast networks train here, against Keras on the same machine, in turns; what training loses to
// live views; and how quickly the app answers. Other work on the machine makes everything slower: look at ratios, and
// only within one table.
//   --only NAME        one workload or all that begin so (`moons`, `views`, `app`); may be given several times
//   --rounds N         turns of each side, 7 where not given
//   --sides ours,keras only these sides
//   --playground DIR   a checkout of the classic browser playground (tensorflow/playground) as a peer of its own
//   --list             names the workloads
import fs from 'node:fs/promises'
import os from 'node:os'
import { parseArgs } from 'node:util'
import { presentCommit, processor } from './checkout.mjs'
import { measureApp } from './bench/app.mjs'
import { measureWorkloads } from './bench/duel.mjs'
import { openSides } from './bench/sides.mjs'
import { duration } from './bench/statistics.mjs'
import { page, ratios } from './bench/tables.mjs'
import { measureViews } from './bench/views.mjs'
import { workloads } from './bench/workloads.mjs'
import { setupOrExit } from './setup/index.mjs'
import { at } from './setup/places.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '7' },
    sides: { type: 'string' },
    playground: { type: 'string' },
    list: { type: 'boolean', default: false }
  }
})
const rounds = Number(values.rounds)
const names = [...workloads.map(({ name }) => name), 'views', 'app']
const wanted = (name) => values.only.length === 0 || values.only.some((start) => name.startsWith(start))
const unknown = values.only.filter((start) => !names.some((name) => name.startsWith(start)))

function stop(message) {
  console.error(message)
  process.exit(2)
}
if (!Number.isInteger(rounds) || rounds < 1)
  stop(`--rounds is ${values.rounds}, and needs to be a whole number from 1.`)
if (unknown.length) stop(`There is no ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
if (values.list) {
  console.log(names.join('\n'))
  process.exit(0)
}

/** One line that names machine, software and day. */
function machine() {
  const memory = Math.round(os.totalmem() / 2 ** 30)
  return [
    `${processor()}, ${memory} GB`,
    `${os.type()} ${os.release()}, Node ${process.version}`,
    `commit ${presentCommit() ?? 'unknown: no checkout'}`,
    `${rounds} rounds`,
    new Date().toISOString().slice(0, 10)
  ].join(' · ')
}

/** Workloads that share processes stand together. */
function grouped(list) {
  const groups = new Map()
  for (const workload of list) {
    const key = workload.series ?? workload.name
    groups.set(key, [...(groups.get(key) ?? []), workload])
  }
  return [...groups.values()]
}

await setupOrExit({ stream: process.stderr })
const side = openSides({ playgroundFolder: values.playground, only: values.sides?.split(',') })
const say = (text) => process.stderr.isTTY && process.stderr.write(`\r\x1b[2K${text}`)
const results = []
let views
let app

/** Writes down what is known so far: a long measurement that is cut off is not lost. */
async function write() {
  await fs.mkdir(at('out/bench'), { recursive: true })
  const text = page({ machine: machine(), results, views, app })
  await fs.writeFile(at('out/bench/performance.md'), text)
  await fs.writeFile(
    at('out/bench/results.json'),
    `${JSON.stringify({ machine: machine(), results, views, app }, null, 1)}\n`
  )
  return text
}

for (const group of grouped(workloads.filter(({ name }) => wanted(name)))) {
  say(`${group[0].name}: getting ready`)
  const sides = [await side('ours'), await side(group[0].peer)].filter((s) => s !== undefined)
  if (sides.length === 0) continue
  const measured = await measureWorkloads(group, sides, rounds, say).catch((error) => {
    console.error(`${group[0].name}: ${error.message}`)
    process.exitCode = 1
    return []
  })
  for (const result of measured) {
    results.push(result)
    const times = Object.values(result.best).map((way) => `${way.side} ${duration(way.median)} (${way.way})`)
    const found = ratios(result)
    say('')
    console.log(`${result.name}: ${times.join(', ')}${found ? `, ratio ${found.median.toPrecision(2)}` : ''}`)
  }
  await write()
}
if (wanted('views') && !values.sides) views = await measureViews(rounds)
if (wanted('app') && !values.sides) app = await measureApp(rounds)
console.log(
  `\n${await write()}\nWritten to out/bench/performance.md, with every single time in results.json beside it.`
)
