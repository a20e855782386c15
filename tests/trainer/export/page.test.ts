import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeDataset } from '@core/data/dataset'
import type { ProjectFiles } from '@core/data/files'
import type { Document } from '@core/document/schema'
import { formats } from '@core/export/formats'
import type { RawInput } from '@core/export/page/ask'
import type { PageCargo } from '@core/export/page/cargo'
import { packData, unpackData } from '@core/export/page/data'
import { exampleFrom } from '@core/export/page/raw'
import { CARGO_ID } from '@core/export/page/html'
import { fromBase64, packNumbers, toBase64, unpackFloats } from '@core/export/base64'
import { derive } from '@core/graph/derive'
import { planSystem } from '@core/graph/plan'
import { fullPart } from '@core/registry/complete'
import { part } from '@core/registry/define'
import { firstProject } from '@core/templates'
import { chainProject } from '@core/templates/chainProject'
import { unwrap } from '@core/result'
import type { EpochPoint } from '@core/run/events'
import type { EagerBackend } from '@trainer/engines/eager/network'
import { importBytes } from '@trainer/data/importTable'
import { makeExport } from '@trainer/export/job'
import type { Browser } from '@trainer/export/readers/reader'
import { initialWeights } from '@trainer/initialWeights'
import { TrainingLoop } from '@trainer/loop'
import { PageNetwork } from '../../../page/network'
import { opsOn } from '../opsOn'
import { engines, openSession, withSettings } from '../support'

/* A page computes with the app's own layers; here its network runs without a browser, end to end tests open it in one. */

let backend: EagerBackend
beforeAll(async () => {
  const engine = engines[0]!
  backend = {
    ops: await opsOn(engine),
    name: engine === 'native' ? 'tensorflow' : 'wasm',
    info: { id: engine, title: 'Test' }
  }
}, 60_000)

const cargoIn = (html: Uint8Array): PageCargo => {
  const text = new TextDecoder().decode(html)
  const [, json] = new RegExp(`id="${CARGO_ID}">(.*?)</script>`, 's').exec(text)!
  return JSON.parse(json!) as PageCargo
}

const nobodyPrints = (): never => {
  throw new Error('A page is not printed.')
}

/** Opens pages as a browser would; `change` does something to what stands in them. */
const browserWith = (change: (cargo: PageCargo) => PageCargo): Browser => ({
  answers: (html, raw) => {
    const page = new PageNetwork(change(cargoIn(html)), backend)
    return Promise.resolve(raw.map((input) => Array.from(unwrap(page.ask(input)).numbers)))
  },
  pdf: nobodyPrints
})

const exported = (document: Document, browser: Browser | undefined, files: ProjectFiles = {}) =>
  makeExport(
    {
      ...{ document, files, epoch: 3, history: [], format: formats['page']!, config: {}, browser },
      weights: initialWeights(planSystem(document, derive(document, files)).weights, 5)
    },
    () => undefined
  )

/** The first project on other inputs of the same points. */
const withInputs = (inputs: string): Document => {
  const { data } = firstProject
  const source = { ...data.source, config: { ...data.source.config, inputs } }
  return { ...firstProject, data: { ...data, source } }
}

describe('the proof of a page', () => {
  test('begins with the points themselves, not with what the network gets of them', async () => {
    const document = withInputs('x y product')
    let asked: readonly RawInput[] = []
    const { answers } = browserWith((cargo) => cargo)
    const { preview } = unwrap(
      await exported(document, {
        answers: (html, raw) => {
          asked = raw
          return answers(html, raw)
        },
        pdf: nobodyPrints
      })
    )
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.every((point) => (point as number[]).length === 2)).toBe(true)
    expect(preview.proof.answers).toMatchObject({ by: 'the page in Chromium', samples: asked.length })
    expect(preview.files.map(({ name }) => name)).toEqual(['two-moons.html', 'README.md'])
  })

  test('fails where a single weight is another one', async () => {
    const browser = browserWith((cargo) => {
      const [name, text] = Object.entries(cargo.weights)[0]!
      const values = unpackFloats(text)
      values[0]! += 0.01
      return { ...cargo, weights: { ...cargo.weights, [name]: packNumbers(values) } }
    })
    const made = await exported(firstProject, browser)
    expect(made).toMatchObject({ ok: false, problems: [{ code: 'export-proof' }] })
  })

  test('is not claimed without a browser', async () => {
    const { preview } = unwrap(await exported(firstProject, undefined))
    expect(preview.proof.answers).toBeUndefined()
    expect(preview.proof.unchecked).toContain('no browser')
  })
})

describe('training in a page', () => {
  test('gives the numbers that the app gives', async () => {
    const document = withSettings(firstProject, { 'training.epochs': 5, 'view.pace': 'full' })
    const { start, session, run } = openSession({ measureTraining: true })
    unwrap(await start(document))
    await session.idle()
    await session.dispose()
    const { files } = unwrap(await exported(document, undefined))
    const cargo = cargoIn(Object.entries(files).find(([name]) => name.endsWith('.html'))![1])
    expect(cargo.trains).toBe(true)
    const page = new PageNetwork(cargo, backend)
    page.forget()
    const points: EpochPoint[] = []
    const loop = new TrainingLoop({
      ...{ network: page.network, dataset: page.dataset, document, paced: false, measureTraining: true },
      from: { epoch: 0, step: 0, best: undefined, losses: [] },
      emit: (event) => event.type === 'epoch' && points.push(event.point),
      onEpoch: () => undefined
    })
    expect(await loop.run('end')).toBe('finished')
    const app = run().history
    expect(points).toHaveLength(5)
    for (const [i, { loss, valLoss }] of points.entries()) {
      expect(loss).toBeCloseTo(app[i]!.loss, 5)
      expect(valLoss).toBeCloseTo(app[i]!.valLoss!, 5)
    }
    page.recall()
    expect(page.network.weights()[0]!.values).toEqual(unpackFloats(Object.values(cargo.weights)[0]!))
  })

  test('data comes out of the page as it went in', () => {
    for (const inputs of ['x y', 'x y sineX']) {
      const { data } = withInputs(inputs)
      const dataset = unwrap(makeDataset(data, {}))
      const { points: _points, ...plane } = dataset.plane!
      expect(unpackData(packData(dataset), { ...dataset, plane })).toEqual(dataset)
    }
  })
})

describe('what a person makes', () => {
  const chain = (
    source: Document['data']['source'],
    before: Parameters<typeof chainProject>[0]['layers'] = []
  ): Document =>
    chainProject({
      ...{ name: 'Asked', source, split: { train: 0.7, test: 0 }, epochs: 3 },
      optimizer: part('adam'),
      layers: [...before, ['last', 'dense', { units: 2, activation: part('softmax') }]]
    })

  test('pixels of a picture are bytes', async () => {
    const document = chain(part('pictures', { samples: 40 }), [['flatten', 'flatten', {}]])
    const { preview } = unwrap(
      await exported(
        document,
        browserWith((cargo) => cargo)
      )
    )
    expect(preview.proof.answers!.samples).toBeGreaterThan(10)
  })

  test('cells of a table are what stands in it: numbers, words, days, and nothing', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => {
      const art = ['cat', 'dog', 'Käfer, groß'][i % 3]!
      const weight = i % 7 === 0 ? '' : String(i * 1.1)
      return `${weight};"${art}";2024-01-${String((i % 28) + 1).padStart(2, '0')};${i % 2 ? 'yes' : 'no'}`
    })
    const bytes = new TextEncoder().encode(`weight;art;day;kept\n${lines.join('\n')}\n`)
    const files = { 'pets.csv': unwrap(await importBytes(bytes, 'pets.csv')) }
    const document = chain(fullPart('source', part('table', { file: 'pets.csv' })))
    let asked: readonly RawInput[] = []
    const browser = browserWith((cargo) => cargo)
    const { preview } = unwrap(
      await exported(
        document,
        { ...browser, answers: (page, raw) => browser.answers(page, (asked = raw)) },
        files
      )
    )
    expect(preview.proof.answers!.samples).toBeGreaterThan(8)
    expect(asked.some((row) => (row as { weight: string }).weight === '')).toBe(true)
    expect(asked[0]).toMatchObject({
      art: expect.any(String) as string,
      day: expect.stringMatching(/^2024-01/) as string
    })
  })

  test('is refused in words where it does not fit', () => {
    const ask = { kind: 'point', inputs: ['x', 'y'], domain: [0, 1, 0, 1] } as const
    for (const raw of [[1], [1, NaN], 'text', { x: '1' }])
      expect(exampleFrom(ask, raw as RawInput)).toMatchObject({ ok: false })
    expect(unwrap(exampleFrom(ask, [1, 2]))).toEqual(Float32Array.of(1, 2))
  })
})

test('base64 is that of Node, and comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(fromBase64(toBase64(bytes))).toEqual(bytes)
    })
  )
  expect(() => fromBase64('a?b=')).toThrow('not base64')
})
