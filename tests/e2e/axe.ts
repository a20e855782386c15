import { readFileSync } from 'node:fs'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { at } from '../../scripts/setup/places.mjs'

const axe = readFileSync(at('node_modules/axe-core/axe.min.js'), 'utf8')

/** No serious finding, named by rule and place so that a failure says where to look. */
export async function noSeriousFinding(page: Page, screen: string): Promise<void> {
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

/** Chooses a theme in the menu. */
export async function setTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.getByTestId('app-menu').click()
  await page.getByTestId(`theme-${theme}`).click()
  await page.keyboard.press('Escape')
  await page.waitForFunction((name) => document.documentElement.dataset['theme'] === name, theme)
}
