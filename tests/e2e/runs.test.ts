import { expect } from 'vitest'
import { setSetting } from '@core/document/paths'
import type { Document } from '@core/document/schema'
import { unwrap } from '@core/result'
import { firstQuery } from '@core/runs/kept'
import { firstProject } from '@core/templates'
import { noSeriousFinding, setTheme } from './axe'
import { test, train, trainerReady, until, type Netloom } from './fixtures'

const by = ({ page }: Netloom, id: string) => page.getByTestId(id)
const project = (more: Record<string, unknown>): Document =>
  Object.entries({ 'training.epochs': 120, ...more }).reduce<Document>(
    (document, [path, value]) => unwrap(setSetting(document, path, value)),
    { ...firstProject, view: { ...firstProject.view, pace: 'full' } }
  )
const kept = async ({ page }: Netloom) => {
  const list = await page.evaluate((query) => window.netloom.request('runs:list', query), firstQuery)
  return unwrap(list).runs
}
const finished = (netloom: Netloom, runs: number) =>
  until(async () => {
    const list = await kept(netloom)
    return list.length === runs && list.every(({ status }) => status === 'ended')
  }, 60_000)

/** A picture of the window, where someone wants to look. */
async function picture({ page }: Netloom, name: string): Promise<void> {
  const folder = process.env['NETLOOM_PICTURES']
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` })
}

test('two trainings are compared, and the better one goes on', async ({ world }) => {
  const netloom = await world.launch()
  const { page } = netloom
  await trainerReady(netloom)
  await page.keyboard.press('Control+r')
  await by(netloom, 'runs-empty').waitFor()
  await noSeriousFinding(page, 'no runs')
  await picture(netloom, 'runs-empty')
  await page.keyboard.press('Escape')
  await by(netloom, 'start-screen').waitFor()

  await train(netloom, project({ 'nodes.hidden.units': 1 }))
  await finished(netloom, 1)
  await train(netloom, project({ 'nodes.hidden.units': 8 }))
  await finished(netloom, 2)
  await by(netloom, 'runs').click()
  const rows = by(netloom, 'run-row')
  await rows.nth(1).waitFor()

  // The better one comes first when sorted by loss.
  await by(netloom, 'sort-loss').click()
  await page.locator('th[aria-sort="ascending"]').waitFor()
  for (const row of [0, 1]) await rows.nth(row).getByRole('checkbox').check()
  const compared = by(netloom, 'runs-compared')
  await compared.waitFor()
  const text = await compared.innerText()
  expect(text).toMatch(/neurons\s+8 neurons\s+1 neuron\b/)
  expect(await by(netloom, 'same-in-every-run').innerText()).toContain('Optimizer')
  expect(await by(netloom, 'network-difference').innerText()).toContain('→')
  expect(await by(netloom, 'runs-chart').locator('path.line').count()).toBe(2)
  await by(netloom, 'by-time').click()
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(page, theme)
    await noSeriousFinding(page, `runs compared, ${theme}`)
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080]
    ] as const) {
      await page.setViewportSize({ width, height })
      await picture(netloom, `runs-compared-${theme}-${width}`)
    }
    await page.setViewportSize({ width: 1280, height: 800 })
  }

  // One run alone: a name, a star, found again.
  await rows.first().locator('.open').click()
  await by(netloom, 'run-details').waitFor()
  await by(netloom, 'run-name').fill('Ñandú & “eight”')
  await by(netloom, 'run-name').press('Enter')
  await by(netloom, 'run-star').click()
  await by(netloom, 'runs-search').fill('nandu eight')
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=run-row]').length === 1)
  await noSeriousFinding(page, 'one run')
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(page, theme)
    await picture(netloom, `run-${theme}`)
  }

  // Trained again in a process of its own, with the same numbers.
  await by(netloom, 'reproduce').click()
  await page.getByText('agree bit for bit').waitFor({ timeout: 60_000 })

  // Deleted, and brought back.
  await by(netloom, 'runs-search').fill('')
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=run-row]').length === 2)
  const [better, other] = await kept(netloom).then((list) => (list[0]!.starred ? list : [...list].reverse()))
  await page.locator(`[data-run="${other!.id}"] .open`).click()
  await by(netloom, 'runs-delete').click()
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=run-row]').length === 1)
  await page.getByRole('button', { name: 'Bring back' }).click()
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=run-row]').length === 2)

  // The better one goes on from its last epoch, as the same run.
  await page.locator(`[data-run="${better!.id}"] .open`).click()
  await by(netloom, 'go-on-last').click()
  await by(netloom, 'training-drawer').waitFor()
  await page.waitForFunction(() =>
    document.querySelector('[data-testid="train"]')?.textContent?.includes('Keep training')
  )
  await by(netloom, 'train').click()
  await until(
    async () => (await kept(netloom)).some((run) => run.id === better!.id && run.epoch > 120),
    30_000
  )
  expect(await kept(netloom)).toHaveLength(2)
})

test('a run that was broken off by a crash of the whole app is told of as such', async ({ world }) => {
  const netloom = await world.launch()
  await trainerReady(netloom)
  await train(netloom, project({ 'training.epochs': 1_000_000 }))
  await until(async () => (await kept(netloom)).some(({ epoch }) => epoch > 20), 30_000)
  const [before] = await kept(netloom)
  await world.crash(netloom)
  const again = await world.launch()
  await until(async () => (await kept(again))[0]?.status === 'brokenOff', 30_000)
  expect((await kept(again))[0]!.epoch).toBeGreaterThanOrEqual(before!.epoch)
})
