import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { expect } from 'vitest'
import { answerDialogs, test, trainerReady, until } from './fixtures'

/** Twelve plants, ten pictures of each; every third plant is sick: it has a spot. Three pictures are there twice. */
function makeFolder(home: string): void {
  for (const label of ['healthy', 'sick']) mkdirSync(join(home, label), { recursive: true })
  let seed = 11
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647
  for (let plant = 0; plant < 12; plant++) {
    const sick = plant % 3 === 0
    const place = join(home, sick ? 'sick' : 'healthy')
    for (let leaf = 0; leaf < 10; leaf++) {
      const data = new Uint8Array(32 * 32 * 3)
      for (let y = 0; y < 32; y++)
        for (let x = 0; x < 32; x++) {
          const inLeaf = ((x - 15) / 11) ** 2 + ((y - 12 - leaf) / 7) ** 2 < 1
          const spot = sick && Math.hypot(x - 9 - (plant % 5), y - 10 - leaf) < 3
          const colour = spot ? [120, 70, 30] : inLeaf ? [60, 150 + 2 * plant, 60] : [225, 220, 205]
          for (let c = 0; c < 3; c++) data[(y * 32 + x) * 3 + c] = colour[c]! + 20 * random()
        }
      const png = encode({ width: 32, height: 32, channels: 3, depth: 8, data }, { zlib: { level: 1 } })
      writeFileSync(join(place, `plant${plant}_leaf${leaf}.png`), png)
      if (plant === 0 && leaf < 3) writeFileSync(join(place, `again${leaf}.png`), png)
    }
  }
}

test('pictures of one plant stay together, and those to learn from are changed anew in every epoch', async ({
  world
}) => {
  const home = join(world.folder, 'plants')
  makeFolder(home)
  const netloom = await world.launch({ env: { NETLOOM_CACHE: join(world.folder, 'cache') } })
  const { page, app } = netloom
  const shot = async (name: string): Promise<void> => {
    const folder = process.env['NETLOOM_SHOTS']
    if (folder) await page.screenshot({ path: join(folder, `${name}.png`) })
  }
  const size = (width: number, height: number): Promise<void> =>
    app.evaluate(
      ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]!.setContentSize(w!, h!),
      [width, height]
    )
  await size(1280, 800)
  await trainerReady(netloom)
  await answerDialogs(netloom, { open: home })
  await page.getByTestId('choose-file').click()
  await page.getByTestId('choose-folder').click()
  await page.getByTestId('data-folder-name').waitFor({ timeout: 60_000 })
  await page.getByTestId('suggestions-close').click()

  // Copies are named, and stay in one part.
  const copies = page.getByTestId('data-copies')
  await copies.scrollIntoViewIfNeeded()
  await copies.getByText('3 copies of other pictures').waitFor()
  await page.getByTestId('data-copies-once').click()
  await page.getByTestId('data-split-why').getByText('3 pictures are left out').waitFor()
  await page.getByTestId('data-copies-together').click()

  // The names offer a way of keeping plants together; the parts come out as the plants allow.
  await page.getByTestId('data-group-select').click()
  await page.getByTestId('data-group-last:_').click()
  const groups = page.getByTestId('data-group-list')
  await groups.locator('li').first().waitFor()
  expect(await groups.locator('li').count()).toBe(4)
  expect(await groups.innerText()).toContain('_leaf0.png')
  await page.getByTestId('data-groups').getByText('12 groups, the largest with 10 pictures').waitFor()
  await groups.scrollIntoViewIfNeeded()
  await shot('groups')
  const real = page.getByTestId('data-real-train')
  expect(await real.innerText()).toMatch(/It comes to \d+/)
  await page.getByTestId('data-split-why').getByText('stays in one part').waitFor()
  await real.scrollIntoViewIfNeeded()
  await shot('parts')

  // Pictures are changed, before one's eyes.
  const flip = page.getByTestId('data-augment-randomFlip-switch')
  await flip.scrollIntoViewIfNeeded()
  expect(await page.getByTestId('data-variants').count()).toBe(0)
  await flip.click()
  await page.getByTestId('data-augment-randomRotation-switch').click()
  const variants = page.getByTestId('data-variant')
  await variants.first().waitFor()
  const drawn = (): Promise<string[]> =>
    variants.locator('canvas').evaluateAll((all) => all.map((c) => (c as HTMLCanvasElement).toDataURL()))
  await until(async () => (await drawn()).length === 12, 10_000)
  const first = await drawn()
  expect(new Set(first).size).toBeGreaterThan(8)
  await page.getByTestId('data-draw-again').click()
  await page.getByText('In epochs 4 to 6').waitFor()
  expect(await drawn()).not.toEqual(first)
  await page.getByTestId('data-augmentation').scrollIntoViewIfNeeded()
  await shot('augmentation')
  for (const type of ['Zoom', 'Translation', 'Brightness', 'Contrast'])
    await page.getByTestId(`data-augment-random${type}-switch`).click()
  await page.getByTestId('data-augmentation').scrollIntoViewIfNeeded()
  await shot('augmentation-all')
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'))
  await shot('augmentation-dark')
  await page.getByTestId('data-groups').scrollIntoViewIfNeeded()
  await shot('groups-dark')
  await size(1920, 1080)
  await page.getByTestId('data-augmentation').scrollIntoViewIfNeeded()
  await shot('augmentation-wide-dark')
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'))
  await shot('augmentation-wide')
  await size(1280, 800)
  for (let i = 0; i < 4; i++) await page.keyboard.press('Control+z')
  const on = page.locator('[data-testid^="data-augment-"][data-state="checked"]')
  await until(async () => (await on.count()) === 2, 5000)

  // A running training takes it up.
  await page.getByTestId('train').click()
  const acting = async (): Promise<string | null> => page.getByTestId('train').getAttribute('data-action')
  await until(async () => (await acting()) === 'pause', 60_000)
  await page.getByTestId('data-augment-randomZoom-switch').click()
  await page.getByTestId('data-augmentation-note').getByText('Takes effect at once').waitFor()
  await page.getByTestId('train').click()
}, 300_000)
