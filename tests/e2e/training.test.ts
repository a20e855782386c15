import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { packProject } from '@core/document/container'
import { setSetting } from '@core/document/paths'
import type { Document } from '@core/document/schema'
import { overfitLive } from '@core/lessons/overfitLive'
import { unwrap } from '@core/result'
import { firstProject } from '@core/templates'
import { writeFileSync } from 'node:fs'
import { test, trainerPids, trainerReady, type Netloom, type World } from './fixtures'

const by = ({ page }: Netloom, id: string) => page.getByTestId(id)
/** The plan cut short, at full speed: what is tested does not need the last epochs. */
const fast = (document: Document, epochs = 150): Document => ({
  ...document,
  training: { ...document.training, epochs },
  view: { ...document.view, pace: 'full' }
})

/** Opens a project as a person does by double-clicking its file. */
async function open(world: World, document: Document): Promise<Netloom> {
  const path = join(world.folder, 'project.netloom')
  writeFileSync(path, packProject({ document, files: {} }))
  const netloom = await world.launch({ args: [path] })
  await trainerReady(netloom)
  await by(netloom, 'training-drawer').waitFor()
  return netloom
}

/** Waits until the run has reached this epoch, as the slider tells it. */
async function reach({ page }: Netloom, epoch: number): Promise<void> {
  await page.waitForFunction(
    (n) => Number(document.querySelector('[data-testid="time-slider"]')?.getAttribute('aria-valuemax')) >= n,
    epoch,
    { timeout: 100_000 }
  )
}

const shownEpoch = async (netloom: Netloom): Promise<number> =>
  Number(await by(netloom, 'boundary').getAttribute('data-epoch'))

describe('the training panel', () => {
  test('shows the untrained boundary and what will come, then curves', async ({ world }) => {
    const netloom = await open(world, fast(firstProject))
    await by(netloom, 'curves-empty').waitFor()
    expect(await by(netloom, 'training-drawer').innerText()).toContain('Before training')
    await by(netloom, 'curves-train').click()
    await reach(netloom, 50)
    expect(await by(netloom, 'curves-empty').count()).toBe(0)
    expect(await by(netloom, 'training-drawer').innerText()).toContain('Learned so far')
  })

  test('says overfitting where it is, and takes the network back to its best epoch', async ({ world }) => {
    const netloom = await open(world, fast(overfitLive.document, 400))
    await by(netloom, 'curves-train').click()
    const chip = netloom.page.locator('[data-testid="reading-chip"][data-reading="overfitting"]')
    await chip.waitFor({ timeout: 100_000 })
    const since = Number(/epoch ([\d,]+)/.exec(await chip.innerText())![1]!.replace(',', ''))
    expect(since).toBeLessThan(200)
    await reach(netloom, 400)

    await by(netloom, 'go-to-best').click()
    await by(netloom, 'rewind-chip').waitFor()
    await netloom.page.waitForFunction(
      (best) =>
        Number(document.querySelector('[data-testid="boundary"]')?.getAttribute('data-epoch')) <= best + 60,
      since
    )
    await by(netloom, 'keep-weights').click()
    const takeBack = by(netloom, 'notices').getByRole('button', { name: 'Take that back' })
    await takeBack.waitFor()
    await netloom.page.waitForFunction(
      () => Number(document.querySelector('[data-testid="time-slider"]')?.getAttribute('aria-valuemax')) < 300
    )
    expect(await by(netloom, 'rewind-chip').count()).toBe(0)
    // What was given up for that is not lost, and neither is what is given up for bringing it back.
    await netloom.page.keyboard.press('Control+Shift+R')
    await reach(netloom, 400)
    await netloom.page.keyboard.press('Control+Shift+R')
    await netloom.page.waitForFunction(
      () => Number(document.querySelector('[data-testid="time-slider"]')?.getAttribute('aria-valuemax')) < 300
    )
  })

  test('rewinds with the keyboard and comes back to live at the end', async ({ world }) => {
    const netloom = await open(world, fast(firstProject))
    await by(netloom, 'curves-train').click()
    await reach(netloom, 150)
    const slider = by(netloom, 'time-slider')
    await slider.focus()
    await slider.press('PageDown')
    await slider.press('PageDown')
    await by(netloom, 'rewind-chip').waitFor()
    const back = Number(await slider.getAttribute('aria-valuenow'))
    expect(back).toBeLessThan(150)
    await netloom.page.waitForFunction(
      (last) => Number(document.querySelector('[data-testid="boundary"]')?.getAttribute('data-epoch')) < last,
      150
    )
    await slider.press('End')
    expect(await slider.getAttribute('aria-valuetext')).toContain('live')
    await netloom.page.waitForFunction(
      (last) =>
        Number(document.querySelector('[data-testid="boundary"]')?.getAttribute('data-epoch')) === last,
      150
    )
    expect(await shownEpoch(netloom)).toBe(150)
  })

  test('offers a lower learning rate when the loss grows past all bounds', async ({ world }) => {
    const wild = unwrap(
      setSetting(
        unwrap(setSetting(firstProject, 'training.optimizer', 'sgd')),
        'training.optimizer.learningRate',
        90
      )
    )
    const linear = unwrap(setSetting(wild, 'nodes.hidden.activation', 'linear'))
    const squared = unwrap(
      setSetting(
        unwrap(setSetting(linear, 'nodes.output.activation', 'linear')),
        'nodes.target.loss',
        'meanSquaredError'
      )
    )
    const netloom = await open(world, fast(squared))
    await by(netloom, 'curves-train').click()
    await by(netloom, 'diverged-banner').waitFor({ timeout: 100_000 })
    expect(await by(netloom, 'lower-rate').innerText()).toContain('30')
    await by(netloom, 'lower-rate').click()
    await by(netloom, 'diverged-start-over').click()
    // It may grow past all bounds again at once, and another rate be offered.
    await netloom.page.waitForFunction(
      () => !document.querySelector('[data-testid="lower-rate"]')?.textContent?.includes('30')
    )
  })

  test('scores on test points once it is asked, and only where there are some', async ({ world }) => {
    const split = { train: 0.5, test: 0.2 }
    const netloom = await open(world, fast({ ...firstProject, data: { ...firstProject.data, split } }))
    expect(await by(netloom, 'test-score').count()).toBe(0)
    await by(netloom, 'curves-train').click()
    await reach(netloom, 150)
    await by(netloom, 'test-score').click()
    await by(netloom, 'test-score-run').click()
    await netloom.page.getByText('Scored once on 40 points it has never seen').waitFor()
  })

  test('says what choosing by new points means where there is no third part', async ({ world }) => {
    const netloom = await open(world, fast(firstProject))
    await by(netloom, 'about-lines').click()
    expect(await by(netloom, 'about-lines-text').innerText()).toContain('part of the choice')
  })

  test('tells of a structural change, and starts over with it', async ({ world }) => {
    const netloom = await open(world, fast(firstProject))
    await by(netloom, 'curves-train').click()
    await reach(netloom, 150)
    await by(netloom, 'outline-hidden').click()
    await by(netloom, 'field-units-more').click()
    await by(netloom, 'stale-start-over').click()
    await by(netloom, 'stale-chip').waitFor({ state: 'detached' })
    await reach(netloom, 50)
  })

  test('goes on with a changed network, while it trains and after, and says what was kept', async ({
    world
  }) => {
    const netloom = await open(world, fast(firstProject, 1_000_000))
    const epoch = async (): Promise<number> =>
      Number((await by(netloom, 'epoch').innerText()).replace(/\D/g, ''))
    await by(netloom, 'curves-train').click()
    await reach(netloom, 50)
    await by(netloom, 'outline-hidden').click()
    await by(netloom, 'field-units-more').click()
    await by(netloom, 'go-on-with-changes').click()
    await netloom.page.getByText('Changed in size, with what it knew').waitFor()
    await by(netloom, 'stale-chip').waitFor({ state: 'detached' })
    expect(await epoch()).toBeGreaterThan(50)
    await by(netloom, 'stop').click()
    const stopped = await epoch()
    await by(netloom, 'field-units-more').click()
    // At rest each card says beforehand what its layer will know.
    await by(netloom, 'carried-hidden').getByText('grown').waitFor()
    await by(netloom, 'go-on-with-changes').click()
    await reach(netloom, stopped + 20)
    await by(netloom, 'carried-hidden').waitFor({ state: 'detached' })
  })

  test('grows by its handle, keeps its height, and takes the whole stage', async ({ world }) => {
    const netloom = await open(world, fast(firstProject))
    const drawer = by(netloom, 'training-drawer')
    const height = async (): Promise<number> => (await drawer.boundingBox())!.height
    const before = await height()
    await by(netloom, 'drawer-handle').focus()
    await by(netloom, 'drawer-handle').press('ArrowUp')
    expect(await height()).toBe(before + 16)
    await by(netloom, 'drawer-maximise').click()
    expect(await height()).toBeGreaterThan(before + 100)
    await by(netloom, 'drawer-maximise').click()
    expect(await height()).toBe(before + 16)
  })

  test('goes on after the training process was killed', async ({ world }) => {
    const netloom = await open(world, fast(firstProject, 1_000_000))
    await by(netloom, 'curves-train').click()
    await reach(netloom, 100)
    // A checkpoint is written about once a second.
    await netloom.page.waitForTimeout(2500)
    for (const pid of await trainerPids(netloom)) process.kill(pid, 'SIGKILL')
    await by(netloom, 'failed-banner').waitFor({ timeout: 30_000 })
    await trainerReady(netloom)
    await by(netloom, 'go-on').click()
    await by(netloom, 'failed-banner').waitFor({ state: 'detached' })
    const start = Number(await by(netloom, 'time-slider').getAttribute('aria-valuemax'))
    await reach(netloom, start + 100)
  })

  test('saves a picture of what was learned', async ({ world }) => {
    const netloom = await open(world, fast(firstProject))
    await by(netloom, 'curves-train').click()
    await reach(netloom, 150)
    await netloom.page.keyboard.press('Control+s')
    await expect
      .poll(() => readFileSync(join(world.folder, 'project.netloom')).includes('thumbnail.png'), {
        timeout: 20_000
      })
      .toBe(true)
  })
})
