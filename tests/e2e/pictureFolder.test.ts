import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { expect } from 'vitest'
import { at } from '../../scripts/setup/places.mjs'
import { answerDialogs, test, trainerReady } from './fixtures'

/** All of them in npm run test:full. */
const COUNT = process.env['NETLOOM_FULL'] ? 20_000 : 400

/** A folder of small pictures of two classes: bright above, or bright below. One in a hundred is broken. */
function makeFolder(home: string): { readonly broken: readonly string[]; readonly kinds: number } {
  const plain = readFileSync(at('tests/fixtures/pictures/plain.jpg'))
  const breakages: readonly ((path: string) => void)[] = [
    (path) => writeFileSync(`${path}.jpg`, plain.subarray(0, 700)),
    (path) => writeFileSync(`${path}.png`, '<html>no picture</html>'),
    (path) => writeFileSync(`${path}.png`, ''),
    (path) => {
      const bmp = readFileSync(at('tests/fixtures/pictures/plain.bmp'))
      bmp.writeInt32LE(80_000, 18)
      bmp.writeInt32LE(80_000, 22)
      writeFileSync(`${path}.bmp`, bmp)
    },
    (path) => writeFileSync(`${path}.gif`, readFileSync(at('tests/fixtures/pictures/moving.gif')))
  ]
  const broken: string[] = []
  let seed = 7
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647
  for (const label of ['above', 'below']) mkdirSync(join(home, label), { recursive: true })
  for (let i = 0; i < COUNT; i++) {
    const label = i % 2 === 0 ? 'above' : 'below'
    const path = join(home, label, `picture${i}`)
    if (i % 100 === 50) {
      breakages[broken.length % breakages.length]!(path)
      broken.push(`${label}/picture${i}`)
      continue
    }
    const data = new Uint8Array(24 * 20 * 3)
    for (let p = 0; p < data.length; p++)
      data[p] = 120 * random() + (Math.floor(p / 72) < 10 === (label === 'above') ? 120 : 0)
    writeFileSync(
      `${path}.png`,
      encode({ width: 24, height: 20, channels: 3, depth: 8, data }, { zlib: { level: 1 } })
    )
  }
  return { broken, kinds: breakages.length }
}

test('a folder of pictures becomes a project that trains, and says what is broken', async ({ world }) => {
  const home = join(world.folder, 'halves')
  const { broken, kinds } = makeFolder(home)
  const netloom = await world.launch({ env: { NETLOOM_CACHE: join(world.folder, 'cache') } })
  const { page } = netloom
  await trainerReady(netloom)
  await answerDialogs(netloom, { open: home })
  await page.getByTestId('choose-file').click()
  // The window's longest frame while pictures are read.
  await page.evaluate(() => {
    const all = window as unknown as { longest: number }
    all.longest = 0
    let last = performance.now()
    const look = (now: number): void => {
      // Until the project opens.
      if (document.querySelector('[data-testid="choose-file"]'))
        all.longest = Math.max(all.longest, now - last)
      last = now
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  const began = performance.now()
  await page.getByTestId('choose-folder').click()
  await page.getByTestId('data-folder-name').waitFor({ timeout: 300_000 })
  const longest = await page.evaluate(() => (window as unknown as { longest: number }).longest)
  console.log(
    `${COUNT} pictures in ${((performance.now() - began) / 1000).toFixed(1)} s, the window's longest frame ${longest.toFixed(0)} ms`
  )

  // It says why it begins like this, and lists exactly what is broken.
  await page.getByTestId('suggestions').getByText('small enough to be taken as they are').waitFor()
  await page.getByTestId('data-folder-odd').locator('summary').click()
  const lines = page.getByTestId('data-folder-odd').locator('li')
  await lines.first().waitFor()
  const told = (await lines.locator('b').allInnerTexts()).map((path) => path.replace(/\.\w+$/, ''))
  expect(told.sort()).toEqual([...broken].sort())
  expect(await page.getByTestId('data-folder-before').getByRole('img').count()).toBe(8)

  await page.getByTestId('train').click()
  await page.waitForFunction(
    () => document.querySelector('[data-testid="train"]')?.getAttribute('data-action') === 'pause',
    undefined,
    { timeout: 60_000 }
  )
  await page.getByTestId('train').click()

  // The same folder as new pictures: each is answered, or says why not; the folders' names are right answers.
  await page.getByTestId('tab-try').click()
  await page.getByTestId('try-file').click()
  await page.getByTestId('new-rows-folder').click()
  await page.getByTestId('new-rows-score').waitFor({ timeout: 300_000 })
  expect(await page.getByTestId('answer').getAttribute('data-count')).toBe(String(COUNT))
  // A moving picture is used.
  const unread = broken.length - Math.floor(broken.length / kinds)
  expect(await page.getByTestId('new-rows-failed').innerText()).toMatch(new RegExp(`No answer\\s*${unread}$`))
  await page.getByTestId('answer').locator('canvas').first().waitFor()
  await page.locator('#answer-0 canvas').click()
  await page.getByTestId('one-answer').getByText('Picture 1').waitFor()
  await page.screenshot({ path: 'test-results/use-pictures.png' })

  // Another size is read again from where the folder is; where it is gone, it is asked for.
  renameSync(home, `${home} moved`)
  const width = page.getByTestId('data-width').locator('input')
  await width.fill('12')
  await width.press('Enter')
  await page.getByTestId('data-folder-problem').getByText('is not where it was').waitFor()
  await answerDialogs(netloom, { open: `${home} moved` })
  await page.getByTestId('data-folder-choose').click()
  await page.getByTestId('data-folder-name').getByText('halves moved').waitFor({ timeout: 300_000 })
  expect(await page.getByTestId('data-folder-problem').count()).toBe(0)

  // Another folder is dropped onto the window, as the system does it: a project of its own, of which the page never
  // learns where it lies.
  const dropped = join(world.folder, 'dropped')
  for (const [label, pictures] of [
    ['red', 4],
    ['blue', 4]
  ] as const) {
    mkdirSync(join(dropped, label), { recursive: true })
    for (let i = 0; i < pictures; i++) {
      const data = Uint8Array.from({ length: 8 * 8 * 3 }, (_, p) =>
        p % 3 === (label === 'red' ? 0 : 2) ? 200 + i : 20
      )
      writeFileSync(
        join(dropped, label, `${i}.png`),
        encode({ width: 8, height: 8, channels: 3, depth: 8, data })
      )
    }
  }
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [dropped], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 300, data })
    if (type === 'dragOver') await page.getByTestId('drop-overlay').waitFor()
  }
  await page.getByTestId('unsaved-discard').click({ timeout: 60_000 })
  await page.getByTestId('data-folder-name').getByText('dropped').waitFor({ timeout: 60_000 })
  expect(await page.getByTestId('drop-overlay').count()).toBe(0)
  expect(await page.content()).not.toContain(world.folder)
}, 900_000)
