import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unpackProject } from '@core/document/container'
import { firstProject } from '@core/templates'
import { unwrap } from '@core/result'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandLine } from '../../scripts/build/bundles.mjs'
import { at } from '../../scripts/setup/places.mjs'

let tool: string
let bundle: string
let folder: string
const file = (name: string) => join(folder, name)

interface Outcome {
  code: number
  out: string
  err: string
}

/** Runs the tool as a user does. `interrupt` sends Ctrl+C when it has printed its first line. */
function netloom(words: string[], { interrupt = false } = {}): Promise<Outcome> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [tool, ...words],
      { env: { ...process.env, NETLOOM_ENGINE: 'wasm' } },
      (error, out, err) => done({ code: error ? Number(error.code ?? -1) : 0, out, err })
    )
    if (interrupt) child.stdout!.once('data', () => child.kill('SIGINT'))
  })
}
const events = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

beforeAll(async () => {
  mkdirSync(at('test-results'), { recursive: true })
  bundle = mkdtempSync(at('test-results/cli-'))
  folder = mkdtempSync(join(tmpdir(), 'netloom-cli-'))
  await build(commandLine({ netloom: at('trainer/cli.ts') }, bundle))
  tool = join(bundle, 'netloom.cjs')
}, 120_000)
afterAll(() => {
  rmSync(bundle, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
})

describe('netloom train', () => {
  test('reports epoch 1 and every N after it, and the end, on stdout and in the log', async () => {
    const words = ['train', 'two-moons', '--epochs', '25', '--log-every', '10', '--json']
    const { code, out, err } = await netloom([...words, '--log', file('log/metrics.jsonl')])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const lines = events(out)
    expect(lines.map((l) => [l['event'], l['epoch'] ?? l['epochs']])).toEqual([
      ['epoch', 1],
      ['epoch', 11],
      ['epoch', 21],
      ['done', 25]
    ])
    expect(Object.keys(lines[0]!)).toEqual([
      ...['event', 'epoch', 'step', 'loss', 'accuracy', 'trainLoss', 'trainAccuracy'],
      ...['valLoss', 'valAccuracy', 'ms']
    ])
    expect(lines[3]).toMatchObject({ engine: 'fused', steps: 25, how: 'finished' })
    for (const name of ['seconds', 'stepsPerSecond', 'trainLoss', 'valAccuracy'])
      expect(lines[3]![name], name).toBeTypeOf('number')
    expect(readFileSync(file('log/metrics.jsonl'), 'utf8')).toBe(out)
  })

  test('saves a trained project that predicts, and weights to start from', async () => {
    const saved = file('saved')
    const words = ['train', 'two-moons', '--steps', '60', '--seed', '3', '--set', 'nodes.hidden.units=4']
    expect(await netloom([...words, '--save', saved])).toMatchObject({ code: 0 })
    const project = unwrap(unpackProject(readFileSync(join(saved, 'project.netloom'))))
    expect(project.checkpoint).toMatchObject({ epoch: 60, step: 60 })
    expect(project.document.networks[0]!.nodes['hidden']!.config['units']).toBe(4)
    expect(events(readFileSync(join(saved, 'metrics.jsonl'), 'utf8')).at(-1)).toMatchObject({ event: 'done' })
    writeFileSync(file('points.csv'), 'name,y,x\na,1,0\nb,-0.5,1\n')
    const predicted = await netloom([
      ...['predict', join(saved, 'project.netloom'), '--data', file('points.csv'), '--json']
    ])
    expect(events(predicted.out).map((l) => l['class'])).toEqual(['upper', 'lower'])
    writeFileSync(file('bad.csv'), 'x,y,class\n0,1,upper\nfar,1,lower\n')
    const told = await netloom(['predict', join(saved, 'project.netloom'), '--data', file('bad.csv')])
    expect(told.code).toBe(0)
    expect(told.out).toMatch(
      /^x,y,class,predicted class,confidence,share of upper,share of lower,problem\r\n0,1,upper,upper,0\.\d{4},/
    )
    expect(told.err).toBe('Line 3 of bad.csv: x is “far”, which is not a number.\n1 of 1 right (100.0 %)\n')
    const again = await netloom([
      ...['train', join(saved, 'project.netloom'), '--steps', '1', '--json'],
      ...['--init', join(saved, 'weights.json'), '--set', 'training.optimizer.learningRate=0']
    ])
    const before = events(readFileSync(join(saved, 'metrics.jsonl'), 'utf8')).at(-1)!
    expect(events(again.out).at(-1)!['trainLoss']).toBeCloseTo(before['trainLoss'] as number, 6)
  })

  test('takes a table, and the table beside a document.json', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 2},${(i % 7) / 7},${i % 2 ? 'yes' : 'no'}`)
    writeFileSync(file('table.csv'), `x,y,label\n${rows.join('\n')}\n`)
    const { code, out } = await netloom([
      ...['train', 'two-moons', '--data', file('table.csv'), '--epochs', '80', '--json']
    ])
    expect(code).toBe(0)
    expect(events(out).at(-1)!['valAccuracy']).toBe(1)
    const source = { type: 'table', config: { file: 'table.csv' } }
    const document = { ...firstProject, data: { ...firstProject.data, source } }
    writeFileSync(file('document.json'), JSON.stringify(document))
    expect(await netloom(['check', file('document.json')])).toMatchObject({ code: 0, out: 'No problems.\n' })
  })

  test('stops cleanly at Ctrl+C and keeps what it learned', async () => {
    const saved = file('interrupted')
    const { code, out } = await netloom(
      ['train', 'two-moons', '--epochs', '1000000', '--log-every', '1', '--json', '--save', saved],
      { interrupt: true }
    )
    expect(code).toBe(130)
    expect(events(out).at(-1)).toMatchObject({ event: 'done', how: 'stopped' })
    expect(existsSync(join(saved, 'project.netloom'))).toBe(true)
  })

  test('says that training diverged and does not exit with 0', async () => {
    const { code, err } = await netloom([
      ...['train', 'two-moons', '--set', 'training.optimizer=sgd', '--epochs', '400'],
      ...['--set', 'training.optimizer.learningRate=100', '--set', 'nodes.hidden.activation=linear'],
      ...['--set', 'nodes.output.activation=linear', '--set', 'nodes.target.loss=meanSquaredError']
    ])
    expect(code).toBe(1)
    expect(err).toMatch(/diverged/)
  })

  test.each([
    [['train'], /Which project/],
    [['train', 'no-such-lesson'], /no file no-such-lesson.*moons-tanh3/],
    [['fly'], /no command fly/],
    [['train', 'two-moons', '--epochs', 'many'], /--epochs is “many”/],
    [['train', 'two-moons', '--sett', 'x=1'], /--sett/],
    [['train', 'two-moons', '--set', 'nodes.hidden.neurons=3'], /no setting nodes.hidden.neurons/],
    [['train', 'two-moons', '--set', 'nodes.hidden.units=0'], /0 neurons, needs at least 1/],
    [['train', 'two-moons', '--engine', 'native'], /Native TensorFlow is not available/],
    [['train', 'two-moons', '--data', '/no/such.csv'], /cannot be read/],
    [['predict', 'two-moons', '--data', 'x.csv'], /not trained yet/],
    [['check', 'two-moons', '--set', 'nodes.output.units=7'], /7 numbers, but there are 2 classes/]
  ])('netloom %j is refused with the reason', async (words, reason) => {
    const { code, err } = await netloom(words)
    expect(err).toMatch(reason)
    expect(code).toBe(2)
  })

  test('refuses weights of the wrong shape, by name', async () => {
    writeFileSync(file('wrong.json'), '{"hidden":{"kernel":[[1,2],[3,4]]}}')
    const { code, err } = await netloom(['train', 'two-moons', '--init', file('wrong.json')])
    expect(err).toMatch(/hidden\.kernel has the shape \[2, 2\], needs \[2, 3\]/)
    expect(code).toBe(2)
  })
})

test('netloom summary, engines and help', async () => {
  const summary = await netloom(['summary', 'moons-tanh3'])
  expect(summary.out).toMatch(/hidden {2}Dense {3}3 neurons {2}3 +9/)
  expect(summary.out).toMatch(/Parameters in all: 17/)
  const engines = await netloom(['engines', '--json'])
  expect(events(engines.out)).toMatchObject([
    { id: 'native', available: false, remedy: 'Start Netloom without NETLOOM_ENGINE=wasm.' },
    { id: 'wasm', available: true },
    { id: 'fused', available: true }
  ])
  expect(await netloom(['--help'])).toMatchObject({ code: 0, err: '' })
})
