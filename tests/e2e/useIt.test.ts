import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { irises, irisRows, type IRIS_KINDS } from '@core/data/irises'
import { answerDialogs, test, trainerReady, until, type Netloom } from './fixtures'

const by = ({ page }: Netloom, id: string) => page.locator(`[data-testid="${id}"]`)
const columns = 'sepal length,sepal width,petal length,petal width,species'
const kinds = Object.keys(irises) as (typeof IRIS_KINDS)[number][]
const flowers = (): string[] => kinds.flatMap((kind) => irisRows(kind).map((row) => [...row, kind].join(',')))
const look = async ({ page }: Netloom, name: string): Promise<void> => {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((own) => void (document.documentElement.dataset['theme'] = own), theme)
    await page.screenshot({ path: `test-results/use-${name}-${theme}.png` })
  }
  await page.evaluate(() => void (document.documentElement.dataset['theme'] = 'light'))
}

test('a trained table: a map of any two columns, new rows answered, read in another way', async ({
  world
}) => {
  const netloom = await world.launch()
  const { page } = netloom
  await page.setViewportSize({ width: 1280, height: 800 })
  await by(netloom, 'start-screen').waitFor()
  await trainerReady(netloom)
  await page.evaluate(
    ([name, content]) => {
      const data = new DataTransfer()
      data.items.add(new File([content!], name!))
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    },
    ['flowers.csv', [columns, ...flowers()].join('\n')] as const
  )
  await by(netloom, 'suggestions-close').click()
  await by(netloom, 'train').click()
  await by(netloom, 'baselines').waitFor()
  await until(
    async () => (await by(netloom, 'baselines').getAttribute('data-better')) === 'both',
    60_000
  ).catch(() => undefined)
  await by(netloom, 'train').click()

  // The map begins with the first two columns, and shows any others; the rest is held, and remembered.
  await page.waitForFunction(
    () => document.querySelector('[data-testid="boundary"]')?.getAttribute('data-seen') === '150'
  )
  expect(await by(netloom, 'map-x').inputValue()).toBe('sepal length')
  await by(netloom, 'map-x').selectOption('petal length')
  await by(netloom, 'map-y').selectOption('petal width')
  const box = (await by(netloom, 'boundary').boundingBox())!
  await page.mouse.move(box.x + 0.9 * box.width, box.y + 0.1 * box.height)
  // Long and wide petals, in centimetres.
  await by(netloom, 'boundary')
    .getByText(/% virginica.*petal length 6\.\d+, petal width 2\.\d+/s)
    .waitFor()
  await look(netloom, 'map')
  await by(netloom, 'map-held').click()
  expect(await by(netloom, 'held-sepal length').inputValue()).toMatch(/^5\.\d/)
  await by(netloom, 'held-sepal length').fill('wide')
  await by(netloom, 'held-sepal length').press('Tab')
  await page.getByText('sepal length is “wide”, which is not a number.').waitFor()
  await look(netloom, 'held')
  await by(netloom, 'held-usual').click()
  await by(netloom, 'held-sepal length').fill('6,5')
  await by(netloom, 'held-sepal length').press('Tab')
  await page.keyboard.press('Escape')

  // A new table with three bad rows, one kind that is wrong, and columns in another order.
  const rows = flowers().slice(40, 110)
  rows[2] = 'much,3,1.4,0.2,setosa'
  rows[5] = '5.1,,1.4,0.2,setosa,'
  rows[9] = '5.1,3.5,1.4'
  rows[20] = rows[20]!.replace(/\w+$/, 'setosa')
  const path = join(world.folder, 'new flowers.csv')
  writeFileSync(path, [columns, ...rows].join('\n'))
  await by(netloom, 'tab-try').click()
  await by(netloom, 'try-file').click()
  await look(netloom, 'empty')
  await answerDialogs(netloom, { open: path, save: join(world.folder, 'answers.csv') })
  await by(netloom, 'new-rows-table').click()
  await by(netloom, 'new-rows-score').waitFor()
  expect(await by(netloom, 'answer').getAttribute('data-count')).toBe('70')
  expect(await by(netloom, 'new-rows-failed').innerText()).toMatch(/No answer\s*2/)
  expect(await by(netloom, 'new-rows-score').innerText()).toMatch(/of 68 right/)
  await by(netloom, 'new-rows-failed').click()
  await by(netloom, 'answer').getByText('sepal length is “much”, which is not a number.').waitFor()
  await by(netloom, 'answer').getByText('The line has 3 columns, the first line has 5').waitFor()
  await by(netloom, 'new-rows-wrong').click()
  await by(netloom, 'answer').focus()
  await page.keyboard.press('ArrowDown')
  await by(netloom, 'one-answer').getByText('Line ').waitFor()
  await by(netloom, 'new-rows-all').click()
  await by(netloom, 'new-rows-order').click()
  await look(netloom, 'answers')
  await by(netloom, 'new-rows-save').click()
  await page.getByText('Saved answers.csv.').waitFor()
  const saved = readFileSync(join(world.folder, 'answers.csv'), 'utf8').split('\r\n')
  expect(saved[0]).toBe(
    `\ufeff${columns},predicted species,confidence,share of setosa,share of versicolor,share of virginica,problem`
  )
  expect(saved).toHaveLength(72)
  expect(saved[3]).toBe('much,3,1.4,0.2,setosa,,,,,,"sepal length is “much”, which is not a number."')
  await page.setViewportSize({ width: 1920, height: 1080 })
  await look(netloom, 'answers-1920')
  await page.setViewportSize({ width: 1280, height: 800 })

  // A column that is missing is named, with the way out.
  writeFileSync(path, 'sepal length,sepal width,petal length\n1,2,3\n')
  await by(netloom, 'new-rows-close').click()
  await by(netloom, 'new-rows-table').click()
  await by(netloom, 'new-rows-problem').getByText('new flowers.csv has no column petal width.').waitFor()

  // The file is read in another way.
  await by(netloom, 'data-file-reread').click()
  await by(netloom, 'read-preview').getByText('sepal length').waitFor()
  await by(netloom, 'read-delimiter').selectOption(';')
  await by(netloom, 'read-dialog').getByText('perhaps another mark stands between cells').waitFor()
  await by(netloom, 'read-delimiter').selectOption('auto')
  await by(netloom, 'read-header').selectOption('no')
  await by(netloom, 'read-preview').getByText('Column 5').waitFor()
  await look(netloom, 'read')
  await by(netloom, 'read-apply').click()
  await by(netloom, 'data-columns').getByText('Column 5').waitFor()
}, 240_000)
