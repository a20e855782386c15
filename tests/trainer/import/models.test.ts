import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportModel } from '@core/export/model'
import { derive } from '@core/graph/derive'
import type { BroughtIn } from '@core/import/model'
import { sources } from '@core/registry'
import type { Ops, SourceDefinition } from '@core/registry/define'
import { unwrap } from '@core/result'
import { encodeCheckpoint } from '@core/run/checkpoint'
import { structureKey } from '@core/run/structure'
import { ownAnswers } from '@trainer/export/reference'
import { openModel } from '@trainer/import/openModel'
import { opsOn } from '../opsOn'
import { engines, openSession, oracle, withSettings } from '../support'

/** Of each model: what real Keras was asked, what it answered, and what it answers after three steps of training. */
const told = JSON.parse(oracle('models.json')) as {
  readonly [name: string]: {
    readonly x: number[]
    readonly y: number[]
    readonly answers: number[]
    readonly classes: boolean
    readonly loss: number
    readonly after?: number[]
  }
}
const ROWS = 6
const files = unzipSync(readFileSync(resolve(import.meta.dirname, '../../oracles/models.zip')))
const folder = mkdtempSync(join(tmpdir(), 'netloom-models-'))
afterAll(() => rmSync(folder, { recursive: true }))

let ops: Ops
beforeAll(async () => {
  ops = await opsOn(engines[0]!)
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
}, 60_000)

const modelOf = ({ document, checkpoint }: BroughtIn) =>
  exportModel({
    document,
    files: {},
    weights: checkpoint!.tensors,
    epoch: 1,
    scale: 1,
    preparation: undefined
  })

const largest = (values: ArrayLike<number>, wanted: readonly number[]): number =>
  wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - values[i]!)), 0)
const scaleOf = (wanted: readonly number[]): number => Math.max(...wanted.map(Math.abs))

describe.each(Object.keys(told))('%s, as Keras saved it', (name) => {
  const { x, answers, y, after, classes, loss } = told[name]!

  test.each(['keras', 'h5'])('comes in from .%s and answers as there', async (ending) => {
    const read = unwrap(await openModel(join(folder, `${name}.${ending}`)))
    expect(read.notes).toEqual([])
    expect(derive(read.document, {}).problems).toEqual([])
    const own = ownAnswers(ops, modelOf(read), { x: Float32Array.from(x), rows: ROWS })
    expect(own).toHaveLength(answers.length)
    expect(largest(own, answers)).toBeLessThanOrEqual(1e-5 * scaleOf(answers) + 1e-6)
  })

  test('trains on as there', async () => {
    const read = unwrap(await openModel(join(folder, `${name}.keras`)))
    const { document, checkpoint } = withRows(read, x, y, classes)
    const { session, run } = openSession()
    unwrap(await session.prepare({ document, files: {}, checkpoint }))
    unwrap(await session.start({ document, files: {}, from: 'current', until: 'end' }))
    await session.idle()
    expect(run().status).toBe('ended')
    const weights = session.ready!.network.weights()
    const own = ownAnswers(
      ops,
      { ...modelOf(read), values: new Map(weights.map((w) => [w.name, w.values])) },
      {
        x: Float32Array.from(x),
        rows: ROWS
      }
    )
    if (after) expect(largest(own, after)).toBeLessThanOrEqual(1e-4 * scaleOf(after) + 1e-5)
    else expect(run().history.at(-1)!.trainLoss).toBeLessThan(1.2 * loss)
    await session.dispose()
  })
})

/** The model on the rows that Keras trained on: three steps of plain gradient descent over all of them. */
function withRows(read: BroughtIn, x: number[], y: number[], classes: boolean) {
  const { type, config } = read.document.data.source
  const random = sources[type]!
  const exact: SourceDefinition = {
    ...random,
    type: 'exact',
    describe: (settings, given) => ({ ...random.describe(settings, given), rows: ROWS }),
    generate: () => ({
      x: Float32Array.from(x),
      y: classes ? Int32Array.from(y) : Float32Array.from(y)
    })
  } as SourceDefinition
  ;(sources as Record<string, SourceDefinition>)['exact'] = exact
  const document = withSettings(
    { ...read.document, data: { ...read.document.data, source: { type: 'exact', config } } },
    {
      'data.split.train': 1,
      'training.optimizer': 'sgd',
      'training.optimizer.learningRate': 0.05,
      'training.batchSize': null,
      'training.epochs': 4
    }
  )
  return {
    document,
    checkpoint: encodeCheckpoint({ ...read.checkpoint!, structure: structureKey(document) })
  }
}
