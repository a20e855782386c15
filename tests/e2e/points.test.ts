import { expect } from 'vitest'
import { test, trainerReady, until } from './fixtures'

test('a person draws points, trains, draws on while it trains, and takes a stroke back', async ({
  world
}) => {
  const netloom = await world.launch()
  await trainerReady(netloom)
  const { page } = netloom
  const by = (id: string) => page.getByTestId(id)
  const drawn = async (): Promise<number> => Number(await by('drawing-pad').getAttribute('data-points'))
  const epoch = async (): Promise<number> =>
    Number(await by('time-slider').getAttribute('aria-valuemax', { timeout: 20_000 }))

  await page.getByText('Draw your own').first().click()
  await by('drawing-pad').waitFor()
  await by('draw-clear').click()
  expect(await drawn()).toBe(0)
  expect(await by('drawing-pad').innerText()).toContain('Draw points here')

  const box = (await by('drawing-pad').boundingBox())!
  const stroke = async (label: number, x: number): Promise<void> => {
    await by(`draw-class-${label}`).click()
    await page.mouse.move(box.x + x * box.width, box.y + 0.2 * box.height)
    await page.mouse.down()
    await page.mouse.move(box.x + x * box.width, box.y + 0.8 * box.height, { steps: 25 })
    await page.mouse.up()
  }
  await stroke(0, 0.2)
  await stroke(1, 0.8)
  const two = await drawn()
  expect(two).toBeGreaterThan(16)

  await page.keyboard.press('Control+z')
  expect(await drawn()).toBeLessThan(two)
  await page.keyboard.press('Control+Shift+z')
  expect(await drawn()).toBe(two)

  await by('curves-train').click()
  await until(async () => (await epoch()) > 100, 30_000)
  await page.waitForFunction(
    () => document.querySelector('[data-testid="boundary"]')?.getAttribute('data-wrong') === '0'
  )

  // By keyboard, onto the other class' side: the training goes on, and sees the point.
  await by('draw-class-1').click()
  await by('drawing-pad').focus()
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Enter')
  expect(await drawn()).toBe(two + 1)
  const before = await epoch()
  await page.waitForFunction(
    (rows) => document.querySelector('[data-testid="boundary"]')?.getAttribute('data-seen') === String(rows),
    two + 1
  )
  await until(async () => (await epoch()) > before + 50, 30_000)
  expect(await by('train').getAttribute('data-action')).toBe('pause')
  expect(await by('stale-chip').count()).toBe(0)

  await by('tool-erase').click()
  await page.mouse.click(box.x + 0.2 * box.width, box.y + 0.5 * box.height)
  expect(await drawn()).toBeLessThan(two + 1)
})
