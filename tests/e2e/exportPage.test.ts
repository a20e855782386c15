import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { packProject } from '@core/document/container'
import { firstProject } from '@core/templates'
import { answerDialogs, test, trainerReady, type Netloom } from './fixtures'
import { openPage, pageOf } from './openPage'

const by = ({ page }: Netloom, id: string) => page.getByTestId(id)

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

  // The same network as a report, to be read and on paper.
  for (const [format, ending] of [
    ['report', 'html'],
    ['reportPdf', 'pdf']
  ]) {
    await by(netloom, `format-${format}`).click()
    await status.getByText('For people to read').waitFor({ timeout: 60_000 })
    await answerDialogs(netloom, { save: join(world.folder, format!) })
    await by(netloom, 'export-save').click()
    await by(netloom, 'export-done').waitFor()
    expect(readdirSync(join(world.folder, format!))).toContain(`two-moons-report.${ending}`)
  }
  const report = readFileSync(join(world.folder, 'report/two-moons-report.html'), 'utf8')
  expect(report).toMatch(/<th scope="row">Best<\/th><td class="num">\d+<\/td>/)
  expect(report).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/)
  const sheets = readFileSync(join(world.folder, 'reportPdf/two-moons-report.pdf'))
  expect(sheets.subarray(0, 5).toString()).toBe('%PDF-')
  expect(sheets.length).toBeGreaterThan(10_000)

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
  await page.getByTestId('page-back').click()
  expect(problems).toEqual([])
  expect(readFileSync(join(place, 'README.md'), 'utf8')).toContain('two-moons.html')
})

test('a digit is drawn on a page, on a screen as small as a telephone’s', async ({ world }) => {
  const netloom = await world.launch()
  const file = join(world.folder, 'digits.html')
  writeFileSync(file, pageOf('mnist-softmax', 1 / 255))
  const page = await openPage(netloom, file, { width: 360, height: 740 })
  const wide = await page.evaluate(() => window.document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(360)
  const verdict = page.getByTestId('verdict')
  expect(await verdict.count()).toBe(0)
  const pad = (await page.getByTestId('draw-pad').boundingBox())!
  await page.mouse.move(pad.x + pad.width / 2, pad.y + 30)
  await page.mouse.down()
  await page.mouse.move(pad.x + pad.width / 2, pad.y + pad.height - 30, { steps: 8 })
  await page.mouse.up()
  await verdict.waitFor()
  expect(await verdict.innerText()).toMatch(/^\d\s.* sure$/s)
  await page.getByTestId('page-clear').click()
  await verdict.waitFor({ state: 'detached' })
})
