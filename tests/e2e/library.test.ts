import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { mkdirSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { at } from '../../scripts/setup/places.mjs'
import { answerDialogs, test, trainerReady } from './fixtures'

const TOTAL = 26_421_880
let server: Server
let answer: (request: IncomingMessage, response: ServerResponse) => void
let ranges: (string | undefined)[]

beforeEach(async () => {
  ranges = []
  server = createServer((request, response) => {
    ranges.push(request.headers.range)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** IDX files as Fashion-MNIST has them, with plain pictures. */
function originals(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const [part, rows] of [
    ['train', 60_000],
    ['t10k', 10_000]
  ] as const) {
    const file = (name: string, sizes: number[], values: Uint8Array): void => {
      const header = Buffer.alloc(4 + 4 * sizes.length)
      header.set([0, 0, 8, sizes.length])
      sizes.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i))
      writeFileSync(join(folder, `${part}-${name}-ubyte`), Buffer.concat([header, values]))
    }
    file(
      'images-idx3',
      [rows, 28, 28],
      new Uint8Array(rows * 784).map((_, i) => 25 * (Math.floor(i / 784) % 10))
    )
    file(
      'labels-idx1',
      [rows],
      new Uint8Array(rows).map((_, i) => i % 10)
    )
  }
}

test('a data set that is not here is named, fetched, paused, given up, and imported, and then trains', async ({
  world
}) => {
  const cache = join(world.folder, 'cache')
  const netloom = await world.launch({
    env: {
      NETLOOM_CACHE: cache,
      NETLOOM_DATA_MIRROR: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      // No npm on this computer.
      PATH: '/nowhere'
    }
  })
  const { page } = netloom
  await answerDialogs(netloom, { open: at('assets/lessons/mnist-quickstart.json') })
  await page.getByTestId('choose-file').click()
  await page.getByTestId('choose-project').click()
  await page.getByRole('tab', { name: 'Data' }).click()
  await trainerReady(netloom)
  await page.getByTestId('data-source').click()
  await page.getByTestId('data-source-fashionMnist').click()

  // Train says what is missing, with the way to mend it.
  await page.getByTestId('train').click({ force: true })
  const waiting = page.getByTestId('train-waiting')
  await waiting.getByText('is not on this computer yet').waitFor()
  // Something comes, and then nothing for a while.
  answer = (request, response) => {
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': TOTAL - from,
      'content-range': `bytes ${from}-${TOTAL - 1}/${TOTAL}`
    })
    response.write(new Uint8Array(3_000_000))
  }
  await page.getByTestId('fetch-missing').click()
  await page.getByTestId('data-library-progress').getByText('3.0 MB of 30.9 MB').waitFor()
  expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('10')

  // Paused, it keeps what has come and goes on from there; given up, nothing stays.
  await page.getByTestId('data-library-pause').click()
  await page.getByTestId('data-library-kept').getByText('3.0 MB of 30.9 MB are here').waitFor()
  await page.getByTestId('data-library-get').click()
  await page.getByTestId('data-library-progress').getByText('6.0 MB of 30.9 MB').waitFor()
  expect(ranges).toEqual([undefined, 'bytes=3000000-'])
  await page.getByTestId('data-library-cancel').click()
  await page.getByTestId('data-library-get').getByText('Get it, 30.9 MB').waitFor()

  // A server that does not have it, and no npm: the words say so, and there is another way.
  answer = (_, response) => response.writeHead(404).end()
  await page.getByTestId('data-library-get').click()
  await page.getByTestId('data-library-failed').getByText('is not on 127.0.0.1').waitFor()
  await page.getByTestId('data-library-get').getByText('Try again').waitFor()

  const files = join(world.folder, 'originals')
  await answerDialogs(netloom, { open: world.folder })
  await page.getByTestId('data-library-import').click()
  await page.getByTestId('data-library-failed').getByText('is missing').waitFor()
  originals(files)
  await answerDialogs(netloom, { open: files })
  await page.getByTestId('data-library-import').click()
  await page.getByTestId('data-library-here').waitFor()
  await page.getByTestId('train').click()
  await page.waitForFunction(
    () => document.querySelector('[data-testid="train"]')?.getAttribute('data-action') === 'pause'
  )
}, 90_000)
