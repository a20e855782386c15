import { expect } from 'vitest'
import { test, trainerReady, type Netloom } from './fixtures'

const by = ({ page }: Netloom, id: string) => page.getByTestId(id)

test('the code stands beside the canvas: it follows edits, and lines and nodes select each other', async ({
  world
}) => {
  const netloom = await world.launch()
  const { page, app } = netloom
  const shot = async (name: string): Promise<void> => {
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/${name}.png` })
  }
  await trainerReady(netloom)
  await by(netloom, 'train-now').click()
  await by(netloom, 'code').click()
  const program = by(netloom, 'program')
  await program.waitFor()
  const line = (text: string) => program.locator('.line', { hasText: text })
  const settings = page.getByLabel('Settings', { exact: true })
  const lit = (): Promise<string[]> => program.locator('.line.on').allInnerTexts()
  await shot('code-plain')

  // From the canvas to the code, and an edit is there at once.
  await by(netloom, 'outline-hidden').click()
  await expect.poll(async () => (await lit()).join()).toContain('units=3')
  expect(await line('units=3').evaluate((e) => e.getBoundingClientRect().top < window.innerHeight)).toBe(true)
  await by(netloom, 'field-units-more').click()
  await expect.poll(async () => (await lit()).join()).toContain('units=4')
  await shot('code-selected')

  // From the code to the canvas, by mouse and by keys.
  await line('units=2').click()
  expect(await settings.innerText()).toContain('Layer 2 of 2')
  await program.locator('button[aria-pressed="true"]').first().focus()
  await page.keyboard.press('ArrowUp')
  expect(await settings.innerText()).toContain('Layer 1 of 2')

  await by(netloom, 'copy-program').click()
  await by(netloom, 'copy-program').and(page.getByLabel('Copied')).waitFor()
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain('def make_model():')

  // What the library lacks is said in its place, and undo brings the code back.
  await by(netloom, 'field-activation-gaussian').click()
  await by(netloom, 'code-refused').getByText('Dense has the activation Gauss, which Keras lacks.').waitFor()
  await shot('code-refused')
  await by(netloom, 'undo').click()
  await program.waitFor()

  await page.keyboard.press('c')
  await program.waitFor({ state: 'detached' })
}, 120_000)
