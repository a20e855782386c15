import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { RunEvent } from '@core/run/events'
import { folded } from '@core/runs/about'
import { firstQuery, type KeptRun } from '@core/runs/kept'
import { unwrap } from '@core/result'
import { expect, test } from 'vitest'
import { RunLibrary } from '@trainer/runs/library'
import { packPoint, unpackPoint } from '@trainer/runs/points'
import { migrate, migrations } from '@trainer/runs/schema'
import { all, openSqlite } from '@trainer/runs/sqlite'
import { about, endedEvent, epochEvent, named, openRecorder, point, started, storeFolder } from './store'

/** Trains a run to its end. */
function keep(recorder: ReturnType<typeof openRecorder>, name: string, epochs: number): string {
  const id = recorder.begin(about(named(name)))
  const events: RunEvent[] = [started(0, epochs)]
  for (let e = 1; e <= epochs; e++) events.push(epochEvent(point(e)))
  for (const event of [...events, endedEvent(epochs)]) recorder.note(event)
  return id
}

const search = (library: RunLibrary, text: string): string[] =>
  library.list({ ...firstQuery, search: text }).runs.map(({ id }) => id)

test('a point comes back from its bytes as it was, bit for bit', () => {
  const number = fc.double()
  const maybe = fc.option(number, { nil: undefined })
  const record = fc.option(fc.dictionary(fc.string(), number), { nil: undefined })
  const anyPoint = fc.record({
    ...{ epoch: fc.nat(), step: fc.nat(), loss: number, ms: number },
    ...{ accuracy: maybe, trainLoss: maybe, trainAccuracy: maybe, valLoss: maybe, valAccuracy: maybe },
    ...{ phases: record, trainMetrics: record, valMetrics: record }
  })
  fc.assert(
    fc.property(anyPoint, number, (given, seconds) => {
      const kept = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
      const back = unpackPoint(given.epoch, packPoint({ point: given as never, seconds }))
      expect(Object.is(back.seconds, seconds)).toBe(true)
      // JSON has one zero only.
      const plain = (value: unknown) =>
        JSON.stringify(value, (_k, v: unknown) => (typeof v === 'number' ? `${v}` : v))
      expect(plain(back.point)).toBe(
        plain(Object.fromEntries(Object.keys(back.point).map((k) => [k, kept[k]])))
      )
      expect(Object.keys(back.point).sort()).toEqual(Object.keys(kept).sort())
    })
  )
})

/** What the store is to be, as plainly as it can be said. */
interface PlainRun {
  readonly id: string
  readonly project: string
  name: string
  note: string
  tags: string[]
  starred: boolean
  status: KeptRun['status']
  epochs: number[]
  removed: boolean
}

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('ß & 雪', 'A%B_', "Robert'); drop table runs;--", 'Ñandú "x"', '')
)
const step = fc.oneof(
  fc.record({
    kind: fc.constant('train' as const),
    name: text,
    epochs: fc.integer({ min: 1, max: 6 }),
    end: fc.boolean()
  }),
  fc.record({ kind: fc.constant('goOn' as const), which: fc.nat(), epochs: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    ...{ kind: fc.constant('change' as const), which: fc.nat(), name: fc.option(text, { nil: undefined }) },
    ...{ note: fc.option(text, { nil: undefined }), starred: fc.option(fc.boolean(), { nil: undefined }) },
    tags: fc.option(fc.array(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 3 }), { nil: undefined })
  }),
  fc.record({ kind: fc.constantFrom('remove' as const, 'restore' as const), which: fc.nat() }),
  fc.record({ kind: fc.constant('reopen' as const) }),
  fc.record({ kind: fc.constant('search' as const), text })
)

test('whatever is done to the store, it is what a plain list would be', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const folder = storeFolder()
      let recorder = openRecorder(folder)
      let library = RunLibrary.open(folder)
      const plain: PlainRun[] = []
      const at = (which: number) => (plain.length === 0 ? undefined : plain[which % plain.length])
      /** Another run begins: the one before it was left. */
      const leave = () => plain.forEach((r) => (r.status = r.status === 'running' ? 'ended' : r.status))
      for (const s of steps) {
        if (s.kind === 'train') {
          leave()
          const project = s.name.slice(0, 100) || 'x'
          const id = recorder.begin(about(named(project)))
          recorder.note(started(0, s.epochs))
          for (let e = 1; e <= s.epochs; e++) recorder.note(epochEvent(point(e)))
          if (s.end) recorder.note(endedEvent(s.epochs))
          recorder.commit()
          const epochs = Array.from({ length: s.epochs }, (_, i) => i + 1)
          const status = s.end ? 'ended' : 'running'
          plain.push({
            id,
            project,
            name: '',
            note: '',
            tags: [],
            starred: false,
            status,
            epochs,
            removed: false
          })
        } else if (s.kind === 'goOn') {
          const run = at(s.which)
          if (!run || run.removed) continue
          const from = run.epochs.length
          const document = named(run.project)
          const history = library.points(run.id).map(({ point }) => point)
          leave()
          expect(recorder.begin(about(document, { from, history, parent: run.id }))).toBe(run.id)
          recorder.note(started(from, from + s.epochs))
          for (let e = from + 1; e <= from + s.epochs; e++) recorder.note(epochEvent(point(e)))
          recorder.note(endedEvent(from + s.epochs))
          run.epochs = Array.from({ length: from + s.epochs }, (_, i) => i + 1)
          run.status = 'ended'
        } else if (s.kind === 'change') {
          const run = at(s.which)
          const { kind: _, which: __, ...change } = s
          const given = Object.fromEntries(Object.entries(change).filter(([, v]) => v !== undefined))
          if (!run) continue
          library.change([run.id], given)
          Object.assign(run, given, given['tags'] ? { tags: [...new Set(given['tags'] as string[])] } : {})
        } else if (s.kind === 'remove' || s.kind === 'restore') {
          const run = at(s.which)
          if (!run) continue
          const removed = s.kind === 'remove'
          const before = run.removed
          if (removed) {
            const gone = library.remove([run.id])
            expect(gone).toEqual(before || run.status === 'running' ? [] : [run.id])
            run.removed = before || run.status !== 'running'
          } else {
            library.restore([run.id])
            run.removed = false
          }
        } else if (s.kind === 'reopen') {
          library.close()
          await recorder.close()
          recorder = openRecorder(folder)
          library = RunLibrary.open(folder, { thorough: true })
          library.tidy()
          plain.forEach((r) => (r.status = r.status === 'running' ? 'brokenOff' : r.status))
        } else if (s.kind === 'search') {
          const words = folded(s.text).split(/\s+/).filter(Boolean)
          const fits = (r: PlainRun) => {
            const all = folded([r.name, r.project, r.tags.join(' '), r.note, r.id].join('\n'))
            return words.every((word) => all.includes(word))
          }
          const found = search(library, s.text)
          for (const run of plain.filter((r) => !r.removed && fits(r))) expect(found).toContain(run.id)
        }
        recorder.commit()
        const listed = library.list({ ...firstQuery, limit: 100 })
        const there = plain.filter((r) => !r.removed)
        expect(listed).toMatchObject({ all: there.length, found: there.length })
        for (const run of there) {
          const { project, name, note, tags, starred, status } = run
          const kept = listed.runs.find(({ id }) => id === run.id)
          expect(kept).toMatchObject({ project, name, note, tags, starred, status, epoch: run.epochs.length })
          expect(library.points(run.id).map(({ point }) => point)).toEqual(run.epochs.map((e) => point(e)))
          expect(unwrap(library.details(run.id)!).begun.document.name).toBe(project)
        }
      }
      library.close()
      await recorder.close()
    }),
    { numRuns: 40 }
  )
}, 120_000)

test('long curves are thinned in the store as they are in the window', async () => {
  const folder = storeFolder()
  const recorder = openRecorder(folder)
  const id = recorder.begin(about(named('long')))
  recorder.note(started(0, 10_000))
  for (let e = 1; e <= 10_000; e++) recorder.note(epochEvent(point(e)))
  recorder.note(endedEvent(10_000))
  const library = RunLibrary.open(folder)
  const points = library.points(id)
  expect(points.length).toBeLessThan(4100)
  expect(points[0]!.point).toEqual(point(1))
  expect(points.at(-1)).toEqual({ point: point(10_000), seconds: 100 })
  expect(library.find(id)).toMatchObject({ epoch: 10_000, seconds: 100, best: { epoch: 10_000 } })
  library.close()
  await recorder.close()
})

test('going back in time while it trains leaves the run as it was and begins another', async () => {
  const folder = storeFolder()
  const recorder = openRecorder(folder)
  const document = named('branch')
  const first = recorder.begin(about(document))
  recorder.note(started(0, 100))
  for (let e = 1; e <= 10; e++) recorder.note(epochEvent(point(e)))
  const history = Array.from({ length: 4 }, (_, i) => point(i + 1))
  const second = recorder.begin(about(document, { from: 4, history, parent: first, midway: true }))
  for (let e = 5; e <= 7; e++) recorder.note(epochEvent(point(e, { loss: 9 }), 0.1 + (e - 4) / 100))
  recorder.note(endedEvent(7, 'stopped'))
  const library = RunLibrary.open(folder)
  expect(second).not.toBe(first)
  expect(library.find(first)).toMatchObject({ epoch: 10, status: 'ended', ending: 'changed' })
  expect(library.points(first).map(({ point: p }) => p.epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(library.find(second)).toMatchObject({
    epoch: 7,
    from: 4,
    parent: { id: first, epoch: 4 },
    epochs: 100
  })
  expect(library.points(second).map(({ point: p }) => [p.epoch, p.loss])).toEqual([
    ...history.map((p) => [p.epoch, p.loss]),
    ...[5, 6, 7].map((e) => [e, 9])
  ])
  // The seconds of the first four epochs, and then those since.
  expect(library.points(second).map(({ seconds }) => Math.round(1000 * seconds))).toEqual([
    10, 20, 30, 40, 50, 60, 70
  ])
  library.close()
  await recorder.close()
})

test('a run that was stopped before its first epoch is not kept', async () => {
  const folder = storeFolder()
  const recorder = openRecorder(folder)
  recorder.begin(about(named('nothing')))
  recorder.note(started(0, 10))
  recorder.note(endedEvent(0, 'stopped'))
  const library = RunLibrary.open(folder)
  expect(library.list(firstQuery).all).toBe(0)
  library.close()
  await recorder.close()
})

test('odd names are found by any of their letters, whatever the case and the accents', async () => {
  const folder = storeFolder()
  const recorder = openRecorder(folder)
  const names = ['Ñandú 100 %', 'a"b*c', 'ΣΟΦΊΑ', '花の分類', 'under_score', "o'Neil; --", '🙂 smile', 'ﬁne']
  const ids = names.map((name) => keep(recorder, name, 1))
  const library = RunLibrary.open(folder)
  const asked = ['nandu', '"b*', 'σοφια', '分類', 'r_s', "'neil;", '🙂', 'fine']
  expect(asked.map((words) => search(library, words))).toEqual(ids.map((id) => [id]))
  expect(search(library, '%')).toEqual([ids[0]])
  // Several words in any order; the layers and the optimizer are found, too.
  expect(search(library, '100 nandu')).toEqual([ids[0]])
  expect(search(library, 'dense')).toHaveLength(names.length)
  expect(search(library, 'no such thing')).toEqual([])
  library.close()
  await recorder.close()
})

test('weights are kept once, within the budget; starred runs and the newest keep theirs', async () => {
  const folder = storeFolder()
  const recorder = openRecorder(folder)
  const weights = (seed: number): Uint8Array => new Uint8Array(1000).fill(seed)
  const ids: string[] = []
  for (const seed of [1, 2, 3, 4]) {
    const id = recorder.begin(about(named(`run ${seed}`)))
    for (const event of [started(0, 1), epochEvent(point(1)), endedEvent(1)]) recorder.note(event)
    const bytes = () => weights(seed)
    recorder.keepWeights([
      { kind: 'last', epoch: 1, bytes },
      { kind: 'best', epoch: 1, bytes }
    ])
    ids.push(id)
    // The order in which they began is the order of their age.
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
  await recorder.close()
  const library = RunLibrary.open(folder)
  expect(library.space().weights).toBe(4000)
  expect(readdirSync(join(folder, 'weights'))).toHaveLength(4)
  library.change([ids[0]!], { starred: true })
  library.setBudget(2500)
  const state = ids.map((id) => [library.find(id)!.weights.length, library.find(id)!.weightsGone])
  expect(state).toEqual([
    [2, false],
    [0, true],
    [0, true],
    [2, false]
  ])
  expect(library.weights(ids[0]!, 'best')).toEqual(Buffer.from(weights(1)))
  library.setBudget(10)
  expect(library.find(ids[0]!)!.weights).toHaveLength(2)
  expect(library.find(ids[3]!)!.weights).toHaveLength(2)
  // Deleted for good after a week, with the file.
  library.remove([ids[3]!], Date.now() - 8 * 24 * 3600_000)
  library.tidy()
  expect(library.find(ids[3]!)).toBeUndefined()
  expect(readdirSync(join(folder, 'weights'))).toHaveLength(1)
  // A file that was damaged is no state of a network any more.
  writeFileSync(join(folder, 'weights', readdirSync(join(folder, 'weights'))[0]!), 'rubbish')
  expect(library.weights(ids[0]!, 'best')).toBeUndefined()
  library.close()
})

test.each(['rubbish', 'torn'] as const)('a %s store is set aside and told of', async (how) => {
  const folder = storeFolder()
  const recorder = openRecorder(folder)
  for (let i = 0; i < 30; i++) keep(recorder, `run ${i}`, 40)
  await recorder.close()
  const path = join(folder, 'runs.db')
  const bytes = readFileSync(path)
  const damaged =
    how === 'rubbish'
      ? Buffer.alloc(9000, 7)
      : Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(bytes.length - 8192, 3)])
  writeFileSync(path, damaged)
  const library = RunLibrary.open(folder, { thorough: true })
  const { setAside, runs } = library.space()
  expect(runs).toBe(0)
  expect(setAside).toHaveLength(1)
  expect(readFileSync(join(folder, setAside[0]!)).equals(damaged)).toBe(true)
  library.noticed()
  expect(library.space().setAside).toEqual([])
  const again = openRecorder(folder)
  keep(again, 'after', 2)
  await again.close()
  expect(library.list(firstQuery).all).toBe(1)
  library.close()
})

test('a store of each older version becomes one of the newest; a newer one is left alone', () => {
  const shape = (db: ReturnType<typeof openSqlite>) =>
    all<{ sql: string }>(db, 'select sql from sqlite_master where sql is not null order by name').map(
      ({ sql }) => sql
    )
  const fresh = openSqlite(':memory:')
  migrate(fresh)
  for (let version = 0; version < migrations.length; version++) {
    const db = openSqlite(':memory:')
    migrate(db, migrations.slice(0, version))
    migrate(db)
    expect(shape(db)).toEqual(shape(fresh))
    db.close()
  }
  const more = openSqlite(':memory:')
  migrate(more, [...migrations, 'create table next (x)'])
  expect(shape(more)).toContain('CREATE TABLE next (x)')
  expect(() => migrate(more)).toThrow('newer Netloom')
  // A step that fails leaves the version before it.
  const failing = openSqlite(':memory:')
  expect(() => migrate(failing, ['create table a (x); create table a (x)'])).toThrow()
  expect(shape(failing)).toEqual([])
  for (const db of [fresh, more, failing]) db.close()
})

test('a run whose process is there is left alone, one whose process is gone is broken off', async () => {
  const folder = storeFolder()
  const recorder = openRecorder(folder)
  const id = recorder.begin(about(named('still there')))
  recorder.note(started(0, 10))
  recorder.note(epochEvent(point(1)))
  recorder.commit()
  const library = RunLibrary.open(folder)
  library.tidy()
  expect(library.find(id)!.status).toBe('running')
  await recorder.close()
  library.tidy()
  expect(library.find(id)).toMatchObject({ status: 'brokenOff', epoch: 1 })
  expect(existsSync(join(folder, 'writers'))).toBe(true)
  expect(readdirSync(join(folder, 'writers'))).toEqual([])
  library.close()
})
