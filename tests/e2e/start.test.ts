import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { answerDialogs, test } from './fixtures'

const id = (page: Page, name: string) => page.getByTestId(name)

test('one click from the first start to a network that trains', async ({ world }) => {
  const { page } = await world.launch()
  await page.getByRole('heading', { name: 'Train your first network' }).waitFor()
  await id(page, 'recent-empty').waitFor()
  await id(page, 'train-now').click()
  await page.waitForFunction(
    () => Number(document.querySelector('[data-testid="epoch"]')?.textContent?.replace(/\D/g, '')) >= 3
  )
  expect(await id(page, 'train').getAttribute('data-action')).toBe('pause')
  expect(await id(page, 'project-name').textContent()).toBe('Two moons')
})

test('lessons and templates open from their cards', async ({ world }) => {
  const { page } = await world.launch()
  await id(page, 'show-me-around').click()
  expect(await id(page, 'project-name').textContent()).toBe('One hidden layer')
  await id(page, 'home').click()
  await id(page, 'template-spiral').click()
  expect(await id(page, 'project-name').textContent()).toBe('Spiral')
  await id(page, 'home').click()
  await id(page, 'empty-canvas').click()
  expect(await id(page, 'train').getAttribute('data-action')).toBe('blocked')
})

test('a saved project is listed, and can be removed from the list when its file is gone', async ({
  world
}) => {
  const { rmSync } = await import('node:fs')
  const file = join(world.folder, 'my moons.netloom')
  const netloom = await world.launch()
  const { page } = netloom
  await answerDialogs(netloom, { save: file, open: file })
  await id(page, 'template-circle').click()
  await page.keyboard.press('Control+S')
  await page.waitForFunction(
    () => document.querySelector('[data-testid="save-state"]')?.textContent === 'Saved'
  )
  await id(page, 'home').click()
  await id(page, 'recent-project').click()
  await id(page, 'train').waitFor()
  rmSync(file)
  await id(page, 'home').click()
  await id(page, 'forget-project').click()
  await id(page, 'recent-empty').waitFor()
})

test('a table becomes a network that can be trained at once; a broken one is explained', async ({
  world
}) => {
  const netloom = await world.launch()
  const { page } = netloom
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${(i * 3) % 11},${i % 2 ? 'yes' : 'no'}`)
  const good = join(world.folder, 'good_table.csv')
  const bad = join(world.folder, 'bad.csv')
  writeFileSync(good, `width,height,answer\n${rows.join('\n')}\n`)
  writeFileSync(bad, 'width,height,answer\n1,2,yes\n2,no\n')
  const choose = async (path: string): Promise<void> => {
    await answerDialogs(netloom, { open: path })
    await id(page, 'choose-file').click()
    await id(page, 'choose-table').click()
  }
  await choose(bad)
  await page.getByText('Line 3 of bad.csv').waitFor()
  expect(await id(page, 'start-screen').isVisible()).toBe(true)
  await choose(good)
  await id(page, 'train').waitFor()
  expect(await id(page, 'project-name').textContent()).toBe('Good table')
  expect(await id(page, 'train').getAttribute('data-action')).toBe('train')
})

test('a file that is dropped is opened, and anything else is explained', async ({ world }) => {
  const { page } = await world.launch()
  await id(page, 'start-screen').waitFor()
  const drop = (name: string, text: string) =>
    page.evaluate(
      ([fileName, content]) => {
        const data = new DataTransfer()
        data.items.add(new File([content!], fileName!))
        for (const type of ['dragenter', 'dragover', 'drop'])
          window.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
      },
      [name, text]
    )
  await drop('numbers.ods', 'x')
  await page.getByText('Save it as .xlsx or CSV').waitFor()
  await drop('numbers.csv', 'a,b,kind\n1,2,x\n3,1,y\n2,2,x\n5,1,y\n')
  await id(page, 'train').waitFor()
  expect(await id(page, 'project-name').textContent()).toBe('Numbers')
})
