import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FetchProgress } from '@core/ipc/dataProcess'
import { ok, unwrap } from '@core/result'
import { download, type PublishedFile } from '@trainer/data/fetch/download'
import { Progress } from '@trainer/data/fetch/progress'
import { library } from '@trainer/data/library'
import { bytesHere, discardDownload, fetchSet, importSet } from '@trainer/data/library/fetch'
import { rowsOfClasses } from '@trainer/data/library/fashionMnist'
import { defineFetchedSet } from '@trainer/data/library/rows'

let folder: string
let server: Server
let asked: (string | undefined)[]
/** What the server does next; after the last one it goes on doing that. */
let answers: ((request: IncomingMessage, response: ServerResponse) => void)[]
const before = { ...process.env }

const bytes = randomBytes(300_000)
const md5 = createHash('md5').update(bytes).digest('hex')

/** The whole file, or the rest of it where that is asked for. */
function serve(request: IncomingMessage, response: ServerResponse, what = bytes): void {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  if (from >= what.length) {
    response.writeHead(416).end()
    return
  }
  const rest = what.subarray(from)
  response.writeHead(from > 0 ? 206 : 200, {
    'content-length': rest.length,
    ...(from > 0 ? { 'content-range': `bytes ${from}-${what.length - 1}/${what.length}` } : {})
  })
  response.end(rest)
}

/** So many bytes, and then the connection breaks. */
const cutAfter = (count: number) => (request: IncomingMessage, response: ServerResponse) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  response.writeHead(from > 0 ? 206 : 200, {
    'content-length': bytes.length - from,
    'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`
  })
  response.write(bytes.subarray(from, from + count), () => response.destroy())
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-fetch-'))
  process.env['NETLOOM_CACHE'] = folder
  asked = []
  answers = [serve]
  server = createServer((request, response) => {
    asked.push(request.headers.range)
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  process.env = { ...before }
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const published = (sum = md5): PublishedFile => ({
  name: 'file.gz',
  url: `${address()}/file.gz`,
  bytes: bytes.length,
  md5: sum
})
const into = (): string => join(folder, 'some/file.gz')
const get = (file = published(), signal = new AbortController().signal) =>
  download({ file, to: into(), signal, onBytes: () => undefined })

describe('a download', () => {
  test('is whole, and is not fetched again', async () => {
    await get()
    expect(readFileSync(into()).equals(bytes)).toBe(true)
    await get()
    expect(asked).toEqual([undefined])
  })

  test('goes on where connections broke off', async () => {
    answers = [cutAfter(100_000), cutAfter(100_000), serve]
    const told: number[] = []
    await download({
      file: published(),
      to: into(),
      signal: new AbortController().signal,
      onBytes: (n) => told.push(n)
    })
    expect(readFileSync(into()).equals(bytes)).toBe(true)
    expect(asked).toEqual([undefined, 'bytes=100000-', 'bytes=200000-'])
    expect(told.at(-1)).toBe(bytes.length)
    expect(told).toEqual([...told].sort((a, b) => a - b))
  }, 20_000)

  test('of a part that is not of this file begins anew', async () => {
    mkdirSync(join(folder, 'some'))
    writeFileSync(`${into()}.part`, new Uint8Array(1000))
    await get()
    expect(asked).toEqual(['bytes=1000-', undefined])
    expect(readFileSync(into()).equals(bytes)).toBe(true)
  })

  test('of a part that is longer than the file begins anew', async () => {
    mkdirSync(join(folder, 'some'))
    writeFileSync(`${into()}.part`, new Uint8Array(bytes.length + 1))
    await get()
    expect(readFileSync(into()).equals(bytes)).toBe(true)
  })

  test('from a server that cannot go on is taken whole', async () => {
    mkdirSync(join(folder, 'some'))
    writeFileSync(`${into()}.part`, bytes.subarray(0, 1000))
    answers = [(_, response) => response.writeHead(200, { 'content-length': bytes.length }).end(bytes)]
    await get()
    expect(readFileSync(into()).equals(bytes)).toBe(true)
  })

  test('of another file than the published one is refused, and nothing of it stays', async () => {
    await expect(get(published('0'.repeat(32)))).rejects.toThrow('file.gz is not the one that was published')
    expect(existsSync(into())).toBe(false)
    expect(existsSync(`${into()}.part`)).toBe(false)
  })

  test.each([
    [404, 'file.gz is not on 127.0.0.1'],
    [500, 'answered with error 500']
  ])('that is answered with %i says so at once', async (status, words) => {
    answers = [(_, response) => response.writeHead(status).end()]
    await expect(get()).rejects.toThrow(words)
    expect(asked).toHaveLength(1)
  })

  test('from nobody says so', async () => {
    const file = published()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await expect(get(file)).rejects.toThrow('127.0.0.1:')
    server = createServer().listen(0)
  })
})

/** A data set of two tiny pictures. */
const tiny = (file: Partial<PublishedFile> = {}) =>
  defineFetchedSet({
    ...{ name: 'tiny', title: 'Tiny', summary: 'Two pictures.', origin: 'Nobody', licence: 'None' },
    rows: 2,
    shape: [2, 2, 1],
    ways: {
      files: [{ ...published(), ...file }],
      takes: 'file.gz',
      unpack: async (given) => {
        const all = (await given.packed('file.gz')) ?? (await given.bytes('file'))
        return { x: all.subarray(0, 8), y: Uint8Array.of(3, 4) }
      },
      npm: { package: '/no/such/package', bytes: 1, unpack: () => ({ x: bytes, y: bytes }) }
    }
  })

const never = new AbortController().signal

describe('a data set of the library', () => {
  test('is fetched once, told about, and kept as bytes', async () => {
    const set = tiny()
    const told: FetchProgress[] = []
    expect(await set.read()).toMatchObject({ ok: false, problems: [{ code: 'library' }] })
    expect(await fetchSet(set, { tell: (p) => told.push(p), signal: never })).toEqual(ok('done'))
    const { x, y } = unwrap(await set.read())
    expect([...x]).toEqual([...bytes.subarray(0, 8)])
    expect([...y]).toEqual([3, 4])
    expect(statSync(set.place()!).size).toBe(2 + 8)
    expect(told.at(-1)).toEqual({ name: 'tiny', step: 'unpacking' })
    expect(told).toContainEqual({ name: 'tiny', step: 'fetching', done: bytes.length, total: bytes.length })
    expect(existsSync(join(folder, 'data/tiny/download'))).toBe(false)
    await fetchSet(set, { tell: () => undefined, signal: never })
    expect(asked).toHaveLength(1)
  })

  test('can be paused, which keeps what has come, and gone on with, or be given up', async () => {
    const hanging = (request: IncomingMessage, response: ServerResponse): void => {
      response.writeHead(200, { 'content-length': bytes.length })
      response.write(bytes.subarray(0, 100_000))
    }
    answers = [hanging, serve]
    const set = tiny()
    const stopWith = async (how: 'pause' | 'cancel'): Promise<unknown> => {
      const stop = new AbortController()
      const fetched = fetchSet(set, {
        tell: ({ done = 0 }) => {
          if (done > 0) stop.abort(how)
        },
        signal: stop.signal
      })
      return fetched
    }
    expect(await stopWith('pause')).toEqual(ok('pause'))
    expect(await bytesHere(set)).toBe(100_000)
    expect(await fetchSet(set, { tell: () => undefined, signal: never })).toEqual(ok('done'))
    expect(asked).toEqual([undefined, 'bytes=100000-'])

    rmSync(set.place()!)
    answers = [hanging]
    expect(await stopWith('cancel')).toEqual(ok('cancel'))
    expect(await bytesHere(set)).toBe(0)
    answers = [hanging]
    await stopWith('pause')
    await discardDownload(set)
    expect(await bytesHere(set)).toBe(0)
    expect(set.place()).toBeUndefined()
  })

  test('that neither its makers nor npm have says why, and the ways out', async () => {
    const result = await fetchSet(tiny({ url: `${address()}/gone`, md5: '0' }), {
      tell: () => undefined,
      signal: never
    })
    expect(result).toMatchObject({
      ok: false,
      problems: [
        { code: 'library', message: /file\.gz is not the one.*npm/s, detail: /import it.*file\.gz/s }
      ]
    })
  }, 30_000)

  test('comes from a mirror where there is one', async () => {
    process.env['NETLOOM_DATA_MIRROR'] = `${address()}/school/`
    const set = tiny({ url: 'http://nowhere.invalid/file.gz' })
    expect(await fetchSet(set, { tell: () => undefined, signal: never })).toEqual(ok('done'))
  })

  test('is imported from files, folders and archives, under the names that browsers give them', async () => {
    const unpacked = join(folder, 'in')
    mkdirSync(unpacked)
    writeFileSync(join(unpacked, 'file'), bytes)
    writeFileSync(join(folder, 'file (1).gz'), gzipSync(bytes))
    execFileSync('tar', ['-czf', join(folder, 'all.tar.gz'), 'file'], { cwd: unpacked })
    for (const path of [unpacked, join(unpacked, 'file'), join(folder, 'all.tar.gz')]) {
      const set = tiny()
      expect(await importSet(set, [path])).toEqual(ok(undefined))
      expect(unwrap(await set.read()).x[7]).toBe(bytes[7])
      rmSync(set.place()!)
    }
    expect(await importSet(tiny(), [join(folder, 'file (1).gz')])).toEqual(ok(undefined))
    expect(await importSet(tiny(), [join(folder, 'nothing')])).toMatchObject({
      ok: false,
      problems: [{ message: 'This is not Tiny: the file is not there.', detail: 'It takes file.gz.' }]
    })
  })
})

describe('Fashion-MNIST', () => {
  /** IDX files of this many pictures, labels going round the classes. */
  function idxFiles(each: number, label = (row: number) => row % 10): string {
    const target = mkdtempSync(join(folder, 'idx-'))
    for (const [part, rows] of [
      ['train', 10 * each],
      ['t10k', 10_000]
    ] as const) {
      const header = (kind: number[], count: number): Buffer => {
        const sizes = [count, ...kind]
        const buffer = Buffer.alloc(4 + 4 * sizes.length)
        buffer.set([0, 0, 8, sizes.length])
        sizes.forEach((size, i) => buffer.writeUInt32BE(size, 4 + 4 * i))
        return buffer
      }
      const pictures = Buffer.alloc(rows * 784, part === 'train' ? 1 : 2)
      writeFileSync(
        join(target, `${part}-images-idx3-ubyte`),
        Buffer.concat([header([28, 28], rows), pictures])
      )
      const labels = Buffer.from(Uint8Array.from({ length: rows }, (_, row) => label(row)))
      writeFileSync(join(target, `${part}-labels-idx1-ubyte`), Buffer.concat([header([], rows), labels]))
    }
    return target
  }
  const set = library['fashionMnist']!

  test('is 60,000 pictures to learn from, then 10,000 held back', async () => {
    expect(await importSet(set, [idxFiles(6000)])).toEqual(ok(undefined))
    const { x, y } = unwrap(await set.read())
    expect([y.length, x.length]).toEqual([70_000, 70_000 * 784])
    expect([x[0], x[60_000 * 784]]).toEqual([1, 2])
    expect([...y.subarray(0, 3)]).toEqual([0, 1, 2])
  })

  test('files of another size, MNIST’s files and repacked ones are refused', async () => {
    expect(await importSet(set, [idxFiles(5)])).toMatchObject({ problems: [{ message: /60000 pictures/ }] })
    // MNIST's files have the same names and shapes, but no 6,000 pictures of each class.
    expect(await importSet(set, [idxFiles(6000, (row) => (row * row) % 10)])).toMatchObject({
      problems: [{ message: /other pictures/ }]
    })
    const path = join(folder, 'train-images-idx3-ubyte.gz')
    writeFileSync(path, gzipSync('anything'))
    expect(await importSet(set, [path])).toMatchObject({
      problems: [{ message: /train-images-idx3-ubyte.gz is not the published one/ }]
    })
  })

  test('the npm package’s classes become rows that go round them, with the held-back ones last', () => {
    // As the package has it: those held back, a line without a picture in the first class, the others.
    const files = new Map(
      Array.from({ length: 10 }, (_, klass) => {
        const pictures = Array.from({ length: 5 }, (_, i) =>
          Array<number>(784).fill(i < 2 ? 100 + klass : klass)
        )
        if (klass === 0) pictures.splice(2, 0, [])
        return [`${klass}.json`, new TextEncoder().encode(JSON.stringify({ data: pictures }))] as const
      })
    )
    const { x, y } = rowsOfClasses(files, 3, 2)
    expect([...y.subarray(0, 12)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
    expect([x[3 * 784], x[33 * 784], x[49 * 784]]).toEqual([3, 103, 109])
    expect(() => rowsOfClasses(files, 4, 2)).toThrow('6 pictures')
  })
})

test('progress tells the time that is left from the speed of the last seconds, ten times a second at most', () => {
  let now = 0
  const told: FetchProgress[] = []
  const progress = new Progress(
    'x',
    (p) => told.push(p),
    () => now
  )
  for (; now <= 4000; now += 10) progress.bytes(now * 1000, 10_000_000)
  expect(told.length).toBeLessThan(45)
  expect(told[0]).not.toHaveProperty('msLeft')
  // 1,000 bytes a ms, 6 MB left.
  expect(told.at(-1)!.msLeft).toBeCloseTo(6000, -1)
})
