import { expect } from 'vitest'
import { FABLES } from '@core/data/text/fables'
import { test, trainerReady, until, type Netloom } from './fixtures'

const by = ({ page }: Netloom, id: string) => page.locator(`[data-testid="${id}"]`)

test('a dropped text is learned, looked into, and written on', async ({ world }) => {
  const netloom = await world.launch()
  const { page } = netloom
  await by(netloom, 'start-screen').waitFor()
  await trainerReady(netloom)
  await page.evaluate(
    ([name, content]) => {
      const data = new DataTransfer()
      data.items.add(new File([content!], name!))
      for (const type of ['dragenter', 'dragover', 'drop'])
        window.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
    },
    ['old fables.txt', FABLES] as const
  )
  await by(netloom, 'suggestions').waitFor()
  const why = await by(netloom, 'suggestions').innerText()
  expect(why).toContain('The next character')
  expect(why).toContain('In lower case')
  await page.screenshot({ path: 'test-results/text-start.png' })
  await by(netloom, 'suggestions-change').click()
  await by(netloom, 'suggestions-close').click()
  expect(await by(netloom, 'text-beginning').innerText()).toContain('A fox saw a bunch of ripe grapes')
  await by(netloom, 'text-beginning').scrollIntoViewIfNeeded()
  await by(netloom, 'sample-sheet').waitFor()
  await page.screenshot({ path: 'test-results/text-data.png' })

  // Before it has learned, it writes anything; a few epochs later there are spaces between letters.
  await by(netloom, 'tab-try').click()
  await by(netloom, 'write-beginning').fill('The fox ')
  const written = async (): Promise<string> => (await by(netloom, 'written').innerText()).slice(8)
  await until(async () => (await written()).length > 100, 20_000)
  await by(netloom, 'train').click()
  await until(async () => / (the|and|a|it|of|to) /.test(await written()), 60_000)
  await page.screenshot({ path: 'test-results/text-write.png' })
  expect(await by(netloom, 'tell-bars').locator('li').count()).toBe(8)

  // The steps of the memory, for what was typed.
  await page.locator('[data-id="memory"]').click()
  await by(netloom, 'unrolled-words').waitFor()
  expect(await by(netloom, 'unrolled').innerText()).toContain('Update gate')
  await by(netloom, 'unrolled-step').fill('2')
  expect(await by(netloom, 'unrolled-words').innerText()).toContain('“e”')
  await page.screenshot({ path: 'test-results/text-unrolled.png' })
  await by(netloom, 'tab-examples').click()
  await by(netloom, 'gallery').waitFor()
  await by(netloom, 'example-0').click()
  await by(netloom, 'example-details').waitFor()
  await page.screenshot({ path: 'test-results/text-examples.png' })
})
