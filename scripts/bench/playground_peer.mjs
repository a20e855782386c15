// node scripts/bench/playground_peer.mjs FOLDER: the network code of a checkout of the classic browser playground,
// as a peer (see keras_peer.py for what it is asked). It has one file, src/nn.ts, without imports.
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'

async function load(folder) {
  const source = await fs.readFile(path.join(folder, 'src/nn.ts'), 'utf8')
  // As its own compiler settings have it: fields are set in the constructor, not defined.
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ES2022,
      useDefineForClassFields: false
    }
  })
  const temporary = await fs.mkdtemp(path.join(os.tmpdir(), 'netloom-playground-'))
  try {
    const file = path.join(temporary, 'nn.mjs')
    await fs.writeFile(file, outputText)
    return await import(pathToFileURL(file).href)
  } finally {
    await fs.rm(temporary, { recursive: true, force: true })
  }
}

const nn = await load(process.argv[2])
const LEARNING_RATE = 0.03
const BATCH = 10
let network
let points = []

function open({ workload, ways }) {
  const shape = [...workload.input, ...workload.layers.map(({ units }) => units)]
  const { TANH } = nn.Activations
  network = nn.buildNetwork(shape, TANH, TANH, null, ['x', 'y'])
  points = Array.from({ length: workload.rows }, (_, i) => {
    const [radius, angle] = [(i % 2 ? 2.5 : 4) * Math.sqrt((i + 1) / workload.rows), i * 2.4]
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle), label: i % 2 ? 1 : -1 }
  })
  return { ways: Object.fromEntries(ways.map((way) => [way, { openMs: 0 }])) }
}

/** One pass over the points in batches, as the playground's oneStep() does it. */
function epoch() {
  for (const [i, point] of points.entries()) {
    nn.forwardProp(network, [point.x, point.y])
    nn.backProp(network, point.label, nn.Errors.SQUARE)
    if ((i + 1) % BATCH === 0) nn.updateWeights(network, LEARNING_RATE, 0)
  }
}

const GRID = 100
const maps = new Map()

/** Every neuron's map on a grid, as the playground's updateDecisionBoundary() does it. */
function grid() {
  nn.forEachNode(network, true, (node) => {
    if (!maps.has(node.id))
      maps.set(
        node.id,
        Array.from({ length: GRID }, () => new Array(GRID))
      )
  })
  for (let i = 0; i < GRID; i++)
    for (let j = 0; j < GRID; j++) {
      nn.forwardProp(network, [(i / (GRID - 1)) * 12 - 6, (j / (GRID - 1)) * 12 - 6])
      nn.forEachNode(network, true, (node) => {
        maps.get(node.id)[i][j] = node.output
      })
    }
}

function time({ way, budgetMs }) {
  const [work, steps] = way === 'nn.ts' ? [epoch, points.length / BATCH] : [grid, 1]
  const started = performance.now()
  for (let count = 1; ; count++) {
    work()
    const elapsed = performance.now() - started
    if (elapsed >= budgetMs) return { ms: elapsed / (count * steps), steps: count * steps }
  }
}

const commands = {
  hello: () => ({ playground: 'nn.ts', node: process.version }),
  open,
  time,
  memory: () => ({ rssMb: process.memoryUsage.rss() / 2 ** 20 })
}
for await (const line of readline.createInterface({ input: process.stdin })) {
  const request = JSON.parse(line)
  let reply
  try {
    reply = commands[request.do](request)
  } catch (error) {
    reply = { error: error.message }
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`)
}
