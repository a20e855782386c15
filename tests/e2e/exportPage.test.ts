import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { packProject } from '@core/document/container'
import { firstProject } from '@core/templates'
import { answerDialogs, test, trainerReady, type Netloom } from './fixtures'

const by = ({ page }: Netloom, id: string) => page.getByTestId(id)

/** Opens a file as a browser would, beside the app: without Node, preload or network. */
async function openPage({ app }: Netloom, file: string, size = { width: 1280, height: 800 }): Promise<Page> {
  const opened = app.waitForEvent('window')
  await app.evaluate(
    async ({ BrowserWindow, session }, [address, { width, height }]) => {
      const own = session.fromPartition(`page-${Math.random()}`)
      own.enableNetworkEmulation({ offline: true })
      const window = new BrowserWindow({
        ...{ width, height, useContentSize: true },
        webPreferences: { session: own, sandbox: true }
      })
      await window.loadURL(address)
    },
    [pathToFileURL(file).href, size] as const
  )
  const page = await opened
  await page.waitForFunction(() => 'netloomPage' in window)
  return page
}

test('a network becomes a page that works by itself: checked, asked, trained', async ({ world }) => {
  const path = join(world.folder, 'two-moons.netloom')
  const project = {
    ...firstProject,
    name: 'Two moons',
    training: { ...firstProject.training, epochs: 60 },
    view: { ...firstProject.view, pace: 'full' as const }
  }
  writeFileSync(path, packProject({ document: project, files: {} }))
  const netloom = await world.launch({ args: [path] })
  await trainerReady(netloom)
  await by(netloom, 'curves-train').click()
  await netloom.page.waitForFunction(
    () =>
      window.document.querySelector('[data-testid="time-slider"]')?.getAttribute('aria-valuemax') === '60',
    undefined,
    { timeout: 60_000 }
  )
  await netloom.page.keyboard.press('Control+E')
  await by(netloom, 'format-page').click()
  const status = by(netloom, 'export-status')
  await status.getByText('the page in Chromium').waitFor({ timeout: 60_000 })
  expect(await status.innerText()).toContain('Checked: gives the same answers as here')
  const place = join(world.folder, 'page')
  await answerDialogs(netloom, { save: place })
  await by(netloom, 'export-save').click()
  await by(netloom, 'export-done').waitFor()
  expect(readdirSync(place).sort()).toEqual(['README.md', 'two-moons.html'])

  const page = await openPage(netloom, join(place, 'two-moons.html'))
  const problems: string[] = []
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  page.on('pageerror', (error) => problems.push(error.message))
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Two moons')
  const verdict = page.getByTestId('verdict')
  const map = (await page.getByTestId('page-map').boundingBox())!
  const drag = async (x: number, y: number) => {
    const point = (await page.getByTestId('page-point').boundingBox())!
    await page.mouse.move(point.x + point.width / 2, point.y + point.height / 2)
    await page.mouse.down()
    await page.mouse.move(map.x + x * map.width, map.y + y * map.height, { steps: 4 })
    await page.mouse.up()
    return verdict.getAttribute('data-best')
  }
  expect(await drag(0.5, 0.08)).not.toBe(await drag(0.5, 0.92))
  // The same by keys.
  await page.getByTestId('page-point').focus()
  const before = await page.getByTestId('page-point').getAttribute('aria-label')
  await page.keyboard.press('ArrowRight')
  expect(await page.getByTestId('page-point').getAttribute('aria-label')).not.toBe(before)

  await page.getByTestId('page-over').click()
  await page.getByTestId('page-train').click()
  const epoch = () => page.getByTestId('page-epoch').getAttribute('data-epoch')
  await expect.poll(epoch, { timeout: 60_000 }).toBe('60')
  // A rerun from the same seed ends where the app's own did.
  await page.getByTestId('page-back').click()
  expect(problems).toEqual([])
  expect(readFileSync(join(place, 'README.md'), 'utf8')).toContain('two-moons.html')
})
