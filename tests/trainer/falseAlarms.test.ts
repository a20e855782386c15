import { expect, test } from 'vitest'
import { encodeDrawing } from '@core/data/points/drawing'
import type { Document } from '@core/document/schema'
import { overfitLive } from '@core/lessons/overfitLive'
import { randomStream } from '@core/random/stream'
import { part } from '@core/registry/define'
import type { Part } from '@core/registry/fields'
import type { RunState } from '@core/run/state'
import { chainProject, type ChainProject } from '@core/templates/chainProject'
import { commonestShare, readingOf } from '@core/run/reading'
import { openSession } from './support'

/* How often "overfitting" is said where there is none, of real trainings looked at all along. */

const full = process.env['NETLOOM_FULL'] === '1'
const SEEDS = full ? 200 : 5
/** Looks at the curves in the course of a training. */
const LOOKS = 20

const dense = (units: number): ChainProject['layers'][number] => [`hidden${units}`, 'dense', { units }]
const two: ChainProject['layers'][number] = ['output', 'dense', { units: 2, activation: part('softmax') }]

function project(
  seed: number,
  source: Part,
  layers: ChainProject['layers'],
  more: Partial<ChainProject> = {}
): Document {
  return chainProject({
    name: 'No overfitting',
    source,
    dataSeed: seed,
    seed,
    split: { train: 0.5, test: 0 },
    layers: [...layers, two],
    optimizer: part('adam', { learningRate: 0.03 }),
    epochs: 300,
    ...more
  })
}

/** Points whose class nothing tells. */
function coins(seed: number): Part {
  const random = randomStream(seed, 'coins')
  const points = Array.from({ length: 200 }, () => ({
    x: 10 * random.uniform() - 5,
    y: 10 * random.uniform() - 5,
    label: random.integer(2)
  }))
  return part('drawn', { drawing: encodeDrawing({ classes: 2, points }) })
}

/** Is it said at some look? */
async function alarms(document: Document): Promise<boolean> {
  const { session, start, run } = openSession()
  await start(document)
  await session.idle()
  const commonest = commonestShare(session.ready!.dataset)
  const whole = run()
  await session.dispose()
  return Array.from({ length: LOOKS }, (_, i): RunState => {
    const history = whole.history.slice(0, Math.ceil(((i + 1) * whole.history.length) / LOOKS))
    return { ...whole, history, epoch: history.at(-1)!.epoch }
  }).some((seen) => readingOf(seen, commonest).kind === 'overfitting')
}

async function countAlarms(make: (seed: number) => Document): Promise<number> {
  let count = 0
  for (let seed = 1; seed <= SEEDS; seed++) count += Number(await alarms(make(seed)))
  return count
}

const clouds = part('gauss', { samples: 400, noise: 0.5 })
test.each<[string, (seed: number) => Document]>([
  ['a single line through two clouds that mix', (seed) => project(seed, clouds, [])],
  [
    'the same with small batches, which make the curve jump',
    (seed) => project(seed, clouds, [], { batchSize: 10 })
  ],
  [
    'a few neurons on plenty of points',
    (seed) => project(seed, part('moons', { samples: 1000, noise: 0.25 }), [dense(3)])
  ],
  ['classes that nothing tells', (seed) => project(seed, coins(seed), [dense(8)])],
  ['a handful of points', (seed) => project(seed, part('moons', { samples: 30, noise: 0.3 }), [dense(8)])]
])(
  '%s: overfitting is not said',
  async (_, make) => {
    // One in a hundred may be.
    expect(await countAlarms(make)).toBeLessThanOrEqual(SEEDS / 100)
  },
  20 * 60_000
)

test('where there is overfitting it is said', async () => {
  const seeds = full ? 40 : 3
  let said = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const { document } = overfitLive
    said += Number(
      await alarms({
        ...document,
        data: { ...document.data, seed },
        training: { ...document.training, seed, epochs: 800 }
      })
    )
  }
  expect(said).toBeGreaterThanOrEqual(0.9 * seeds)
}, 600_000)
