import { join } from 'node:path'
import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { noSeriousFinding, setTheme } from './axe'
import { answerDialogs, test, trainerReady } from './fixtures'

const id = (page: Page, name: string) => page.getByTestId(name)

for (const theme of ['light', 'dark'] as const)
  test(`every screen can be used with a screen reader and weak eyes, ${theme}`, async ({ world }) => {
    const netloom = await world.launch()
    const { page } = netloom
    await id(page, 'start-screen').waitFor()
    await setTheme(page, theme)
    await noSeriousFinding(page, 'start')
    await id(page, 'template-two-moons').click()
    await trainerReady(netloom)
    await noSeriousFinding(page, 'workspace, idle')
    await id(page, 'train').click()
    await page.waitForFunction(
      () => Number(document.querySelector('[data-testid="epoch"]')?.textContent?.replace(/\D/g, '')) >= 2
    )
    await noSeriousFinding(page, 'workspace, training')
    await id(page, 'train').click()
    await page.waitForFunction(
      () => document.querySelector('[data-testid="train"]')?.getAttribute('data-action') !== 'pause'
    )
    await noSeriousFinding(page, 'workspace, trained')
    for (const dialog of ['settings', 'shortcuts', 'about']) {
      await id(page, 'app-menu').click()
      await id(page, `menu-${dialog}`).click()
      await id(page, `${dialog}-dialog`).waitFor()
      await noSeriousFinding(page, dialog)
      await page.keyboard.press('Escape')
      await id(page, `${dialog}-dialog`).waitFor({ state: 'detached' })
    }
    await id(page, 'present').click()
    await noSeriousFinding(page, 'presentation')
    await page.keyboard.press('Escape')
    await id(page, 'home').click()
    await id(page, 'empty-canvas').click()
    await id(page, 'train').press('Enter')
    await id(page, 'train-waiting').waitFor()
    await noSeriousFinding(page, 'problems')
    await page.keyboard.press('Escape')
    await id(page, 'learning-rate').fill('0.2')
    await page.keyboard.press('Enter')
    await id(page, 'home').click()
    await id(page, 'unsaved-dialog').waitFor()
    await noSeriousFinding(page, 'unsaved changes')
  })

test('a person without a mouse opens, trains, changes, undoes and saves', async ({ world }) => {
  const netloom = await world.launch()
  const { page } = netloom
  const file = join(world.folder, 'by keyboard.netloom')
  await answerDialogs(netloom, { save: file })
  /** The control that has the focus, or the node. */
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('data-id') ?? element?.getAttribute('data-testid') ?? ''
    })
  /** Goes on with Tab until the control of this name has the focus. */
  const tabTo = async (name: string): Promise<void> => {
    for (let i = 0; i < 150; i++) {
      if ((await focused()) === name) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not reach ${name}; it is at ${await focused()}.`)
  }
  await id(page, 'start-screen').waitFor()
  await tabTo('train-now')
  await page.keyboard.press('Enter')
  await page.waitForFunction(
    () => Number(document.querySelector('[data-testid="epoch"]')?.textContent?.replace(/\D/g, '')) >= 2
  )
  await page.keyboard.press('Space')
  await page.waitForFunction(
    () => document.querySelector('[data-testid="train"]')?.getAttribute('data-action') === 'resume'
  )
  await tabTo('learning-rate')
  await page.keyboard.type('0.02')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Undo change learning rate' }).waitFor()
  // The field keeps its own undo; leaving it gives the keys back.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Control+Z')
  expect(await id(page, 'learning-rate').inputValue()).toBe('0.1')
  await tabTo('hidden')
  await page.keyboard.press('Enter')
  await tabTo('field-units-input')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('5')
  await page.keyboard.press('Enter')
  await page.getByText('5 neurons').first().waitFor()
  await page.keyboard.press('Control+S')
  await page.waitForFunction(
    () => document.querySelector('[data-testid="save-state"]')?.textContent === 'Saved'
  )
})
