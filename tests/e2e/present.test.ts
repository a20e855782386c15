import { describe, expect } from 'vitest'
import { test, trainerReady, type Netloom, type World } from './fixtures'

const by = ({ page }: Netloom, id: string) => page.getByTestId(id)

async function present(world: World): Promise<Netloom> {
  const netloom = await world.launch()
  await trainerReady(netloom)
  await by(netloom, 'train-now').click()
  await by(netloom, 'present').click()
  await by(netloom, 'presentation').waitFor()
  return netloom
}

describe('presentation mode', () => {
  test('shows the network, the boundary, the loss and large numbers, and leaves with Escape', async ({
    world
  }) => {
    const netloom = await present(world)
    await by(netloom, 'boundary').waitFor()
    await netloom.page.waitForFunction(
      () => Number(document.querySelector('[data-testid="figure-epoch"]')?.textContent?.replace(',', '')) > 10
    )
    expect(await by(netloom, 'figures').innerText()).toContain('Right on new points')
    await netloom.page.keyboard.press('Escape')
    await by(netloom, 'presentation').waitFor({ state: 'detached' })
    await by(netloom, 'training-drawer').waitFor()
  })

  test('lets a setting be pinned, changed in view of all, and taken up by a new start', async ({ world }) => {
    const netloom = await present(world)
    await by(netloom, 'choose-controls').click()
    const units = by(netloom, 'pin-nodes.hidden.units')
    if (!(await units.isChecked())) await units.check()
    await netloom.page.keyboard.press('Escape')
    await by(netloom, 'presentation').waitFor()
    await by(netloom, 'pinned-nodes.hidden.units-more').click()
    const restart = by(netloom, 'present-restart')
    expect(await restart.innerText()).toMatch(/Start over to use \d+ neurons/)
    await restart.click()
    await restart.waitFor({ state: 'detached' })
  })

  test('pins at most three', async ({ world }) => {
    const netloom = await present(world)
    await by(netloom, 'choose-controls').click()
    const boxes = netloom.page.locator('input[data-testid^="pin-"]')
    const count = await boxes.count()
    for (let i = 0; i < count; i++) if (await boxes.nth(i).isEnabled()) await boxes.nth(i).check()
    const checked = await netloom.page.locator('input[data-testid^="pin-"]:checked').count()
    expect(checked).toBe(3)
  })

  test('hides controls that nobody uses, and never one that has the focus', async ({ world }) => {
    const netloom = await present(world)
    await netloom.page.emulateMedia({ reducedMotion: 'no-preference' })
    const opacity = () =>
      by(netloom, 'present-controls').evaluate((element) => Number(getComputedStyle(element).opacity))
    await expect.poll(opacity, { timeout: 15_000 }).toBe(0)
    await netloom.page.mouse.move(300, 300)
    await netloom.page.mouse.move(320, 320)
    await expect.poll(opacity).toBe(1)
    await by(netloom, 'present-exit').focus()
    await netloom.page.keyboard.press('Shift+Tab')
    await netloom.page.waitForTimeout(4500)
    expect(await opacity()).toBe(1)
  })
})
