import type { ExampleQuery } from '@core/answers/messages'
import { rightOf } from '@core/answers/confusion'
import type { Document } from '@core/document/schema'
import { fromTrainerSchema, type FromTrainer, type ToTrainer } from '@core/ipc'
import { lessonProjectOf } from '@core/lessons/projects'
import { part } from '@core/registry/define'
import { firstProject } from '@core/templates'
import { chainProject } from '@core/templates/chainProject'
import { tableProject } from '@core/templates/tableProject'
import { unwrap } from '@core/result'
import { importBytes } from '@trainer/data/importTable'
import { seenOf, spreadOf } from '@trainer/answers/inside'
import { describe, expect, onTestFinished, test } from 'vitest'
import { engines, openSession, withSettings } from './support'
import { tableIn } from '../core/helpers/tables'

type Request = ToTrainer extends infer M ? (M extends { id: number } ? Omit<M, 'id'> : never) : never
type Reply = Extract<FromTrainer, { id: number }>

function opened() {
  const made = openSession()
  onTestFinished(() => made.session.dispose())
  let asked = 0
  const ask = async (request: Request): Promise<Reply> => {
    const id = ++asked
    made.session.receive({ ...request, id } as Exclude<ToTrainer, { type: 'ack' }>)
    const found = () => made.answers.find((answer) => 'id' in answer && answer.id === id)
    await made.until(() => found() !== undefined)
    return fromTrainerSchema.parse(found()) as Reply
  }
  const answers = async (part: 'train' | 'validation' | 'test', epoch?: number) => {
    const reply = await ask({ type: 'answers', part, ...(epoch === undefined ? {} : { epoch }) })
    if (reply.type !== 'answers') throw new Error('There are no answers.')
    return reply
  }
  const examples = async (query: ExampleQuery) => {
    const reply = await ask({ type: 'examples', query })
    if (reply.type !== 'examples') throw new Error('There are no examples.')
    return reply
  }
  return { ...made, ask, answers, examples }
}

const moons = (engine: string): Document =>
  withSettings(firstProject, { 'training.engine': engine, 'training.epochs': 25 })

const tableOf = (source: string, units: number, loss: string, last: string): Document =>
  chainProject({
    ...{ name: source, source: part(source), split: { train: 0.6, test: 0.2 } },
    layers: [
      ['hidden', 'dense', { units: 6, activation: part('tanh') }],
      ['last', 'dense', { units, activation: part(last) }]
    ],
    output: { loss: part(loss) },
    optimizer: part('adam', { learningRate: 0.02 }),
    epochs: 5
  })

describe.each([...engines, 'fused'])('on %s', (engine) => {
  test('answers add up to the score', async () => {
    const { session, start, answers, ask } = opened()
    await start(moons(engine))
    await session.idle()
    for (const part of ['train', 'validation'] as const) {
      const { outcome, rows, seen, epoch } = await answers(part)
      const score = await ask({ type: 'score', part })
      if (outcome.kind !== 'classes' || score.type !== 'score') throw new Error('There are no classes.')
      const { right, rows: counted } = rightOf(outcome.counts, 2)
      expect(counted).toBe(rows)
      expect(seen).toBe(rows)
      expect(epoch).toBe(25)
      expect(right / rows).toBeCloseTo(score.accuracy!, 6)
      expect(outcome.ranks[0]).toBe(right)
      // The area is the chance that an upper point scores below a lower one: nearly 1 for moons.
      expect(outcome.curve!.area).toBeGreaterThan(0.7)
    }
  })

  test('wrong answers are found again, the surest first', async () => {
    const { session, start, answers, examples } = opened()
    await start(moons(engine))
    await session.idle()
    const { outcome } = await answers('train')
    if (outcome.kind !== 'classes') throw new Error('There are no classes.')
    const page = { part: 'train', order: 'surest', from: 0, count: 100 } as const
    for (const [truth, given] of [
      [0, 1],
      [1, 0]
    ] as const) {
      const found = await examples({ ...page, truth, given })
      expect(found.total).toBe(outcome.counts[2 * truth + given])
      const sure = found.examples.map((e) => e.confidence![0]!)
      expect(sure).toEqual([...sure].sort((a, b) => b - a))
      for (const example of found.examples) {
        expect(example).toMatchObject({ part: 'train', truth: [truth], given: [given] })
        expect(example.confidence![0]).toBeGreaterThanOrEqual(0.5)
      }
    }
    const wrong = await examples({ ...page, wrong: true })
    expect(wrong.total).toBe(outcome.counts[1]! + outcome.counts[2]!)
    const [first, second] = [
      await examples({ ...page, count: 2 }),
      await examples({ ...page, from: 2, count: 2 })
    ]
    expect([...first.examples, ...second.examples]).toEqual((await examples({ ...page, count: 4 })).examples)
  })

  test('every node tells what it makes of an example', async () => {
    const { session, start, ask, examples } = opened()
    await start(moons(engine))
    await session.idle()
    const { dataset, network } = session.ready!
    const inside = await ask({ type: 'inside', example: { row: 7 } })
    if (inside.type !== 'inside') throw new Error('It cannot be looked into.')
    expect([...inside.x]).toEqual([...dataset.x.subarray(14, 16)])
    expect(inside.truth).toEqual([dataset.y![7]])
    const all = network.activations({ points: inside.x, unitLimit: 99 })
    expect(Object.keys(inside.nodes).sort()).toEqual(Object.keys(all).sort())
    for (const [id, { values }] of Object.entries(all)) expect(inside.nodes[id]!.values).toEqual(values)
    expect([...inside.told].reduce((a, b) => a + b)).toBeCloseTo(1, 5)
    // The same numbers from outside are answered the same.
    const { x } = await examples({ rows: [7] })
    const typed = await ask({ type: 'inside', example: { values: x as Float32Array<ArrayBuffer> } })
    expect(typed).toMatchObject({ told: inside.told, nodes: inside.nodes, truth: [] })
    expect((await ask({ type: 'inside', example: { row: 100_000 } })).type).toBe('noView')
    expect((await ask({ type: 'inside', example: { values: new Float32Array(3) } })).type).toBe('noView')
  })
})

test('an earlier epoch is answered with its own weights', async () => {
  const { session, start, answers } = opened()
  await start(moons('fused'))
  await session.idle()
  const [first, last] = [await answers('train', 0), await answers('train')]
  expect(first.epoch).toBe(0)
  expect(last.epoch).toBe(25)
  expect(first.outcome).not.toEqual(last.outcome)
})

test('examples from outside are told what those of the data are, a job with the weights of one moment', async () => {
  const { session, start, ask, examples } = opened()
  await start(moons('fused'))
  await session.idle()
  await ask({ type: 'answers', part: 'validation' })
  const page = await examples({ part: 'validation', order: 'row', from: 0, count: 100 })
  const x = page.x as Float32Array<ArrayBuffer>
  const then = await ask({ type: 'tell', job: 1, x, epoch: 10 })
  const still = await ask({ type: 'tell', job: 1, x })
  const now = await ask({ type: 'tell', job: 2, x })
  if (then.type !== 'told' || still.type !== 'told' || now.type !== 'told')
    throw new Error('It told nothing.')
  expect([then.epoch, still.epoch, now.epoch]).toEqual([10, 10, 25])
  expect(still.told).toEqual(then.told)
  for (const [i, { given, confidence }] of page.examples.entries()) {
    const shares = [...now.told.subarray(2 * i, 2 * i + 2)]
    expect(shares[0]! + shares[1]!).toBeCloseTo(1, 5)
    expect(shares[given![0]!]).toBeCloseTo(confidence![0]!, 6)
  }
  expect(await ask({ type: 'tell', job: 3, x: x.slice(1) })).toMatchObject({ type: 'noView' })
})

test('while training runs, answers are of one moment', async () => {
  const { session, start, answers, run } = opened()
  await start(withSettings(moons('fused'), { 'training.epochs': 100_000 }))
  const { outcome, rows } = await answers('train')
  expect(run().status).toBe('running')
  if (outcome.kind !== 'classes') throw new Error('There are no classes.')
  expect(rightOf(outcome.counts, 2).rows).toBe(rows)
  await session.halt()
})

test('examples are found by number and by the name of their class', async () => {
  const { session, examples, ask } = opened()
  await session.prepare({ document: tableOf('iris', 3, 'crossEntropy', 'softmax'), files: {} })
  const page = { order: 'row', from: 0, count: 5 } as const
  const all = await examples(page)
  expect(all.total).toBe(150)
  expect(all.epoch).toBeUndefined()
  expect(all.examples.map(({ row }) => row)).toEqual([0, 1, 2, 3, 4])
  expect(all.x).toHaveLength(5 * 2)
  expect((await examples({ ...page, search: '12' })).examples.map(({ row }) => row)).toEqual([11])
  const kind = await examples({ ...page, search: 'VERSI' })
  expect(kind.total).toBe(50)
  expect(kind.examples.every(({ truth }) => truth[0] === 1)).toBe(true)
  expect((await examples({ ...page, truth: 2, part: 'train' })).examples[0]!.part).toBe('train')
  // Nothing is known yet of what the network says.
  expect((await examples({ ...page, part: 'train', given: 1 })).total).toBe(0)
  expect((await examples({ rows: [3, 149, 150] })).examples.map(({ row }) => row)).toEqual([3, 149])
  expect((await ask({ type: 'weights', nodeId: 'nobody' })).type).toBe('weights')
})

test('numbers are told with what is left over', async () => {
  const { session, start, answers } = opened()
  await start(tableOf('plane', 1, 'meanSquaredError', 'linear'))
  await session.idle()
  const { outcome, rows } = await answers('train')
  if (outcome.kind !== 'numbers') throw new Error('There are no numbers.')
  const { truth, given, rows: own } = outcome
  expect(own).toHaveLength(rows)
  const missed = Array.from(truth, (t, i) => given[i]! - t)
  const mean = truth.reduce((a, b) => a + b) / truth.length
  const squares = missed.reduce((sum, e) => sum + e * e, 0)
  const around = truth.reduce((sum, t) => sum + (t - mean) ** 2, 0)
  expect(outcome.r2).toBeCloseTo(1 - squares / around, 4)
  expect(outcome.rootMeanSquared).toBeCloseTo(Math.sqrt(squares / missed.length), 4)
  expect(outcome.meanAbsolute).toBeCloseTo(missed.reduce((s, e) => s + Math.abs(e), 0) / missed.length, 4)
})

test('a large picture is told smaller, map by map', () => {
  // [64, 64, 20]: the value is the map's number plus a checkerboard whose mean over 2 × 2 is 0.
  const values = new Float32Array(64 * 64 * 20)
  for (let y = 0; y < 64; y++)
    for (let x = 0; x < 64; x++)
      for (let c = 0; c < 20; c++) values[(y * 64 + x) * 20 + c] = c + ((x + y) % 2 === 0 ? 1 : -1)
  const seen = seenOf(values, [64, 64, 20])
  expect(seen.size).toEqual([16, 32, 32])
  for (const map of [0, 15])
    expect(new Set(seen.values.subarray(map * 1024, (map + 1) * 1024))).toEqual(new Set([map]))
  expect(seenOf(new Float32Array(9000), [9000])).toMatchObject({ shape: [9000], size: [4096] })
})

test('a weight is told with its spread', () => {
  const { mean, deviation, least, most, histogram } = spreadOf(Float32Array.of(-1, 0, 0, 3), [2, 2])
  expect([mean, least, most]).toEqual([0.5, -1, 3])
  expect(deviation).toBeCloseTo(1.5, 6)
  expect([...histogram].map((n, i) => [i, n]).filter(([, n]) => n! > 0)).toEqual([
    [0, 1],
    [10, 2],
    [40, 1]
  ])
})

test('answers hang on each of two columns whose sum is asked for, and on the telling one of the irises', async () => {
  const { session, start, ask } = opened()
  const columns = async (document: Document) => {
    await start(withSettings(document, { 'training.epochs': 60 }))
    await session.idle()
    const reply = await ask({ type: 'importance' })
    if (reply.type !== 'importance') throw new Error('There is no importance.')
    expect(reply).toMatchObject({ part: 'validation', epoch: 60 })
    return reply.columns
  }
  // Of x + y a shuffled x leaves as much wrong as there is to know: 1 − 2 · var x ÷ (var x + var y) = 0.
  for (const { drop } of await columns(tableOf('plane', 1, 'meanSquaredError', 'linear')))
    expect(Math.abs(drop - 1)).toBeLessThan(0.3)
  const irises = await columns(tableOf('iris', 3, 'crossEntropy', 'softmax'))
  expect(irises.map(({ name }) => name)).toEqual(['sepal length', 'petal length'])
  expect(irises[1]!.drop).toBeGreaterThan(irises[0]!.drop + 0.3)
})

test('nothing hangs on a column where examples are no rows of a table', async () => {
  const { session, ask } = opened()
  await session.prepare({ document: lessonProjectOf('rnn-many-to-one')!.document, files: {} })
  expect((await ask({ type: 'importance' })).type).toBe('noView')
})

test('a new row is written as in the table, answered in its units, and refused in words', async () => {
  const { session, start, ask } = opened()
  const rows = Array.from(
    { length: 80 },
    (_, i) => `${i % 40},${['red', 'blue'][i % 2]!},${1000 + 50 * (i % 40)}`
  )
  const bytes = new TextEncoder().encode(['size,colour,price', ...rows].join('\n'))
  const file = unwrap(await importBytes(bytes, 'paint.csv'))
  const { document } = unwrap(tableProject('paint.csv', tableIn(file)))
  const files = { 'paint.csv': file }
  await start(withSettings(document, { 'training.epochs': 300 }), { files })
  await session.idle()
  const told = async (cells: { readonly [column: string]: string }) =>
    ask({ type: 'inside', example: { cells } })
  const small = await told({ size: '5', colour: 'red' })
  const large = await told({ size: '35', colour: 'red' })
  if (small.type !== 'inside' || large.type !== 'inside') throw new Error('There is no answer.')
  expect(Math.abs(small.told[0]! - 1250)).toBeLessThan(250)
  expect(Math.abs(large.told[0]! - 2750)).toBeLessThan(250)
  // A typed number may have either mark before its decimals.
  const point = await told({ size: '5.5', colour: 'red' })
  const comma = await told({ size: '5,5', colour: 'red' })
  expect(comma).toMatchObject({ type: 'inside', x: (point as typeof small).x })
  expect(await told({ size: 'huge', colour: 'red' })).toMatchObject({
    type: 'unprepared',
    message: 'size is “huge”, which is not a number.'
  })
  const { outcome } = (await ask({ type: 'answers', part: 'validation' })) as Extract<
    Reply,
    { type: 'answers' }
  >
  if (outcome.kind !== 'numbers') throw new Error('Answers are numbers.')
  expect(Math.max(...outcome.truth)).toBeGreaterThan(2000)
})
