import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { at } from '../../scripts/setup/places.mjs'
import { answerDialogs, test, trainerReady } from './fixtures'

const axe = readFileSync(at('node_modules/axe-core/axe.min.js'), 'utf8')
const id = (page: Page, name: string) => page.getByTestId(name)

/** No serious finding, named by rule and place so that a failure says where to look. */
async function check(page: Page, screen: string): Promise<void> {
  // Colours that are on their way from one state to the next are nobody's choice.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  )
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every((a) => a.playState !== 'running' || a.effect?.getTiming().iterations === Infinity)
  )
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run()
  )
  const serious = violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => ({
      screen,
      rule: v.id,
      places: v.nodes.map((n) => `${n.target.join(' ')}: ${n.failureSummary ?? ''}`)
    }))
  expect(serious).toEqual([])
}

async function setTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await id(page, 'app-menu').click()
  await id(page, `theme-${theme}`).click()
  await page.keyboard.press('Escape')
  await page.waitForFunction((name) => document.documentElement.dataset['theme'] === name, theme)
}

for (const theme of ['light', 'dark'] as const)
  test(`every screen can be used with a screen reader and weak eyes, ${theme}`, async ({ world }) => {
    const netloom = await world.launch()
    const { page } = netloom
    await id(page, 'start-screen').waitFor()
    await setTheme(page, theme)
    await check(page, 'start')
    await id(page, 'template-two-moons').click()
    await trainerReady(netloom)
    await check(page, 'workspace, idle')
    await id(page, 'train').click()
    await page.waitForFunction(
      () => Number(document.querySelector('[data-testid="epoch"]')?.textContent?.replace(/\D/g, '')) >= 2
    )
    await check(page, 'workspace, training')
    await id(page, 'train').click()
    await page.waitForFunction(
      () => document.querySelector('[data-testid="train"]')?.getAttribute('data-action') !== 'pause'
    )
    await check(page, 'workspace, trained')
    for (const dialog of ['settings', 'shortcuts', 'about']) {
      await id(page, 'app-menu').click()
      await id(page, `menu-${dialog}`).click()
      await id(page, `${dialog}-dialog`).waitFor()
      await check(page, dialog)
      await page.keyboard.press('Escape')
      await id(page, `${dialog}-dialog`).waitFor({ state: 'detached' })
    }
    await id(page, 'present').click()
    await check(page, 'presentation')
    await page.keyboard.press('Escape')
    await id(page, 'home').click()
    await id(page, 'empty-canvas').click()
    await id(page, 'train').press('Enter')
    await id(page, 'train-waiting').waitFor()
    await check(page, 'problems')
    await page.keyboard.press('Escape')
    await id(page, 'learning-rate').fill('0.2')
    await page.keyboard.press('Enter')
    await id(page, 'home').click()
    await id(page, 'unsaved-dialog').waitFor()
    await check(page, 'unsaved changes')
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
