import { expect } from 'vitest'
import { firstQuery } from '@core/runs/kept'
import { unwrap } from '@core/result'
import { noSeriousFinding, setTheme } from './axe'
import { test, trainerReady, until, type Netloom } from './fixtures'

const by = ({ page }: Netloom, id: string) => page.getByTestId(id)
const status = async (netloom: Netloom): Promise<string | undefined> => {
  const list = unwrap(await netloom.page.evaluate(() => window.netloom.request('sweeps:list')))
  return list[0]?.status
}
const kept = async ({ page }: Netloom) =>
  unwrap(await page.evaluate((query) => window.netloom.request('runs:list', query), firstQuery)).runs

/** A picture of the window, where someone wants to look. */
async function picture({ page }: Netloom, name: string): Promise<void> {
  const folder = process.env['NETLOOM_PICTURES']
  if (folder === undefined) return
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(page, theme)
    await page.screenshot({ path: `${folder}/${name}-${theme}.png` })
  }
  await setTheme(page, 'light')
}

/** Chooses the hidden layer and asks for several values of its neurons. */
async function severalNeurons(netloom: Netloom): Promise<void> {
  await by(netloom, 'template-two-moons').click()
  await by(netloom, 'outline-hidden').click()
  await by(netloom, 'field-units-several').focus()
  await netloom.page.keyboard.press('Enter')
  await by(netloom, 'sweep-builder').waitFor()
}

test('how many neurons are enough: a sweep that a crash interrupts, and its best in the project', async ({
  world
}) => {
  let netloom = await world.launch()
  await trainerReady(netloom)
  await severalNeurons(netloom)
  await by(netloom, 'sweep-values').fill('1, 2, three')
  expect(await by(netloom, 'sweep-size').innerText()).toContain('cannot be three')
  await by(netloom, 'sweep-values').fill('0, 1, 2, 3, 20')
  await by(netloom, 'starts-1').click()
  await by(netloom, 'sweep-epochs').fill('4000')
  await by(netloom, 'sweep-epochs').press('Enter')
  const size = await by(netloom, 'sweep-size').innerText()
  expect(size).toContain('4 trainings')
  expect(size).toContain('left out')
  await noSeriousFinding(netloom.page, 'a sweep is put together')
  await picture(netloom, 'sweep-builder')
  await by(netloom, 'begin-sweep').click()
  await by(netloom, 'sweep-results').waitFor()
  await until(async () => (await kept(netloom)).some(({ epoch }) => epoch > 5), 60_000)
  await picture(netloom, 'sweep-running')
  const before = await kept(netloom)
  await world.crash(netloom)

  netloom = await world.launch()
  await trainerReady(netloom)
  await until(async () => (await status(netloom)) === 'interrupted', 10_000)
  const after = new Map((await kept(netloom)).map(({ id, epoch }) => [id, epoch]))
  for (const { id, epoch } of before) expect(after.get(id)).toBeGreaterThanOrEqual(epoch)
  await netloom.page.keyboard.press('Escape')
  await by(netloom, 'template-two-moons').click()
  await netloom.page.keyboard.press('Control+r')
  await by(netloom, 'tab-sweeps').click()
  await by(netloom, 'sweep-item').click()
  await by(netloom, 'go-on-sweep').click()
  await until(async () => (await status(netloom)) === 'done', 100_000)
  const { page } = netloom
  await page.locator('[data-testid=sweep-results][data-status=done]').waitFor()
  const rows = by(netloom, 'sweep-table').locator('tbody tr')
  expect(await rows.count()).toBe(4)
  expect(await rows.first().innerText()).toContain('%')
  await noSeriousFinding(page, 'a sweep that is done')
  await picture(netloom, 'sweep-done')

  // Its settings go into the project, and can be taken back.
  await rows.getByRole('button', { name: '20', exact: true }).click()
  await by(netloom, 'take-settings').click()
  await by(netloom, 'outline-hidden').click()
  expect(await by(netloom, 'field-units-input').inputValue()).toBe('20')
  await by(netloom, 'undo').click()
  expect(await by(netloom, 'field-units-input').inputValue()).toBe('3')
})

test('a race from the canvas: two networks in step, paused, and kept as runs of one group', async ({
  world
}) => {
  const netloom = await world.launch()
  const { page } = netloom
  await trainerReady(netloom)
  await by(netloom, 'template-two-moons').click()
  await page.locator('.svelte-flow__node[data-id="hidden"]').click({ button: 'right' })
  await by(netloom, 'menu-race').click()
  await by(netloom, 'race-builder').waitFor()
  await by(netloom, 'sweep-values').fill('1, 20, 30, 40, 50')
  expect(await by(netloom, 'race-builder').innerText()).toContain('two, three or four can race')
  await by(netloom, 'sweep-values').fill('1, 20')
  await noSeriousFinding(page, 'a race is put together')
  await picture(netloom, 'race-builder')
  await by(netloom, 'begin-race').click()
  const race = page.locator('[data-testid=race]')
  await page.waitForFunction(
    () => Number(document.querySelector('[data-testid=race]')?.getAttribute('data-epoch')) > 30,
    undefined,
    { timeout: 60_000 }
  )
  await by(netloom, 'race-play').click()
  await page.locator('[data-testid=race][data-status=paused]').waitFor()
  await noSeriousFinding(page, 'a race that is paused')
  await picture(netloom, 'race')
  const at = Number(await race.getAttribute('data-epoch'))
  expect(await by(netloom, 'lane').count()).toBe(2)
  await by(netloom, 'race-play').click()
  await page.waitForFunction(
    (before) => Number(document.querySelector('[data-testid=race]')?.getAttribute('data-epoch')) > before,
    at
  )
  await by(netloom, 'race-stop').click()
  await page.locator('[data-testid=race][data-status=over]').waitFor()
  const runs = await kept(netloom)
  expect(runs.map(({ name }) => name).sort()).toEqual(['1 neuron', '20 neurons'])
  // Nobody was an epoch ahead.
  expect(new Set(runs.map(({ epoch, group }) => `${group} ${epoch}`)).size).toBe(1)
  expect(runs[0]!.group).not.toBeNull()
  await by(netloom, 'race-runs').click()
  await by(netloom, 'runs-compared').waitFor()
})
