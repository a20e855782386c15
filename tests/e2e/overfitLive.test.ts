import { expect } from 'vitest'
import { test, trainerReady, type Netloom } from './fixtures'

/** "80.4 %" as a number. */
const percent = async ({ page }: Netloom, testid: string): Promise<number> =>
  Number((await page.textContent(`[data-testid=${testid}]`))!.replace(/[^\d.]/g, ''))

const ended = ({ page }: Netloom) =>
  page.waitForSelector('[data-testid=train][data-action=keep]', { timeout: 240_000 })

test('in front of a class: 50 neurons learn 60 points by heart, and L2 closes the gap', async ({ world }) => {
  const netloom = await world.launch()
  const { page } = netloom
  await trainerReady(netloom)
  await page.click('[data-testid=lesson-overfit-live]')
  await page.waitForSelector('[data-testid=lesson-title]')
  expect(await page.getAttribute('[data-testid=pace-normal]', 'aria-checked')).toBe('true')

  const started = Date.now()
  await page.click('[data-testid=train]')
  await ended(netloom)
  // The lesson's pace leaves time to see it. A busy machine may be slower, never faster.
  expect(Date.now() - started).toBeGreaterThan(15_000)
  const gap = (await percent(netloom, 'output-train')) - (await percent(netloom, 'output-new'))
  expect(await percent(netloom, 'output-train')).toBeGreaterThanOrEqual(98)
  expect(gap).toBeGreaterThanOrEqual(12)
  expect(await page.textContent('[data-testid=reading-chip]')).toContain('Overfitting since epoch')

  // The step the lesson asks for: L2 on the hidden layer, then from the start.
  await page.click('[data-testid=node-hidden]')
  await page.click('[data-testid=node-inspector] [data-testid$=kernelRegularizer-l2]')
  await page.click('[data-testid=pace-full]')
  await page.click('[data-testid=start-over]')
  await page.waitForSelector('[data-testid=train][data-action=pause]')
  await ended(netloom)
  const closed = (await percent(netloom, 'output-train')) - (await percent(netloom, 'output-new'))
  expect(closed).toBeLessThan(6)
  expect(await page.textContent('[data-testid=lesson-step-4]')).toContain('Done.')
})
