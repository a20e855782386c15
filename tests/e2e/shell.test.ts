import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { answerDialogs, test, trainerReady } from './fixtures'

const id = (page: Page, name: string) => page.getByTestId(name)
const epoch = async (page: Page): Promise<number> =>
  Number((await id(page, 'epoch').textContent())?.replace(/\D/g, ''))
const action = (page: Page, wanted: string) =>
  page.waitForFunction(
    (name) => document.querySelector('[data-testid="train"]')?.getAttribute('data-action') === name,
    wanted
  )
const state = (page: Page, wanted: string) =>
  page.waitForFunction(
    (text) => document.querySelector('[data-testid="save-state"]')?.textContent === text,
    wanted
  )

test('train, pause, one epoch, go on, stop, start over', async ({ world }) => {
  const netloom = await world.launch()
  const { page } = netloom
  await trainerReady(netloom)
  await id(page, 'template-two-moons').click()
  await id(page, 'train').click()
  await action(page, 'pause')
  await page.waitForFunction(
    () => Number(document.querySelector('[data-testid="epoch"]')?.textContent?.replace(/\D/g, '')) >= 2
  )
  await id(page, 'train').click()
  await action(page, 'resume')
  const paused = await epoch(page)
  await id(page, 'step-epoch').click()
  await page.waitForFunction(
    (before) =>
      Number(document.querySelector('[data-testid="epoch"]')?.textContent?.replace(/\D/g, '')) === before + 1,
    paused
  )
  await action(page, 'resume')
  await id(page, 'stop').click()
  await action(page, 'keep')
  await id(page, 'start-over-menu').click()
  await id(page, 'new-start').click()
  await action(page, 'pause')
  expect(await id(page, 'undo').getAttribute('aria-disabled')).toBe('false')
  await id(page, 'stop').click()
})

test('training that has ended can be kept going for more epochs', async ({ world }) => {
  const { page } = await world.launch()
  await id(page, 'template-two-clouds').click()
  await id(page, 'pace-full').click()
  await id(page, 'epochs').click()
  await id(page, 'epochs-input').fill('10')
  await page.keyboard.press('Enter')
  await id(page, 'train').click()
  await action(page, 'keep')
  expect(await epoch(page)).toBe(10)
  await id(page, 'train').click()
  await page.waitForFunction(() => document.querySelector('[data-testid="epoch"]')?.textContent === '15')
  await action(page, 'keep')
  expect(await id(page, 'epochs').textContent()).toContain('15')
})

test('Train explains what it waits for, and mends it', async ({ world }) => {
  const { page } = await world.launch()
  await id(page, 'empty-canvas').click()
  // A button that says it cannot be used can still be asked why.
  await id(page, 'train').press('Enter')
  await id(page, 'train-waiting').getByText('Train is waiting').waitFor()
  await id(page, 'fix-all').click()
  await action(page, 'train')
  await page.getByRole('button', { name: 'Undo mend the problems' }).waitFor()
})

test('edits are undone by name, and unsaved ones are asked about', async ({ world }) => {
  const netloom = await world.launch()
  const { page } = netloom
  const file = join(world.folder, 'kept.netloom')
  await id(page, 'template-two-moons').click()
  await state(page, 'Not saved yet')
  await id(page, 'learning-rate').fill('0.05')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Undo change learning rate' }).waitFor()
  await id(page, 'home').click()
  await id(page, 'unsaved-dialog').waitFor()
  await id(page, 'unsaved-cancel').click()
  await answerDialogs(netloom, { save: file })
  await id(page, 'home').click()
  await id(page, 'unsaved-save').click()
  await id(page, 'start-screen').waitFor()
  expect(existsSync(file)).toBe(true)
})

test('a project is renamed in place, and a value that is no number is refused in words', async ({
  world
}) => {
  const { page } = await world.launch()
  await id(page, 'template-circle').click()
  await id(page, 'project-name').click()
  await id(page, 'project-name-input').fill('My circle')
  await page.keyboard.press('Enter')
  expect(await id(page, 'project-name').textContent()).toBe('My circle')
  await id(page, 'learning-rate').fill('fast')
  await page.getByText('is no number').waitFor()
  await page.keyboard.press('Escape')
  expect(await id(page, 'learning-rate').inputValue()).toBe('0.03')
})

test('nothing is cut off or wrapped at any size that is supported', async ({ world }) => {
  const { app, page } = await world.launch()
  await id(page, 'template-two-moons').click()
  for (const [width, height] of [
    [1024, 768],
    [1280, 720],
    [1280, 800],
    [1920, 1080]
  ] as const) {
    await app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]!.setContentSize(size.width, size.height),
      { width, height }
    )
    await page.waitForFunction((w) => Math.abs(window.innerWidth - w) < 3, width)
    const over = await page.evaluate(() => {
      const bar = document.querySelector('.topbar')!
      const right = Math.max(...[...bar.children].map((child) => child.getBoundingClientRect().right))
      return {
        page: document.documentElement.scrollWidth - window.innerWidth,
        bar: Math.max(0, right - window.innerWidth),
        height: bar.getBoundingClientRect().height
      }
    })
    expect(over, `${width} × ${height}`).toEqual({ page: 0, bar: 0, height: 56 })
  }
})

test('keys rest while typing, and the dialog of keys lists them', async ({ world }) => {
  const { page } = await world.launch()
  await id(page, 'template-two-moons').click()
  await id(page, 'layer-search').fill('b')
  await page.keyboard.type('e')
  expect(await id(page, 'epoch').textContent()).toBe('–')
  await page.keyboard.press('Escape')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('?')
  await id(page, 'shortcuts-dialog').getByText('Train one batch').waitFor()
  await page.keyboard.press('Escape')
  await id(page, 'shortcuts-dialog').waitFor({ state: 'detached' })
})
