import { expect } from 'vitest'
import { irises, irisRows, type IRIS_KINDS } from '@core/data/irises'
import { test, trainerReady, until, type Netloom } from './fixtures'

const by = ({ page }: Netloom, id: string) => page.locator(`[data-testid="${id}"]`)

/** Fisher's flowers as a person has them: a number for each row, a gap, a decimal comma, no two words in a row. */
const flowers = (): string => {
  const rows = Object.keys(irises).flatMap((kind) =>
    irisRows(kind as (typeof IRIS_KINDS)[number]).map((row) => [
      ...row.map((v) => String(v).replace('.', ',')),
      kind
    ])
  )
  rows[3]![1] = 'NA'
  return [
    'No;sepal length;sepal width;petal length;petal width;species',
    ...rows.map((row, i) => [i + 1, ...row].join(';'))
  ].join('\r\n')
}

test('a dropped table is trained on, looked at and changed', async ({ world }) => {
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
    ['flowers.csv', flowers()] as const
  )
  await by(netloom, 'suggestions').waitFor()
  const why = await by(netloom, 'suggestions').innerText()
  expect(why).toContain('species')
  expect(why).toContain('No only counts the rows')
  await page.screenshot({ path: 'test-results/tables-start.png' })

  await by(netloom, 'suggestions-change').click()
  await by(netloom, 'suggestions-close').click()
  await by(netloom, 'data-columns').waitFor()
  // What is brought into view does not move the window's own bars.
  expect((await by(netloom, 'train').boundingBox())!.y).toBeGreaterThan(0)
  const columns = await by(netloom, 'data-columns').innerText()
  expect(columns).toContain('1 of 150 missing')
  await by(netloom, 'data-column-2').click()
  await by(netloom, 'data-column-2-shown').waitFor()
  await page.screenshot({ path: 'test-results/tables-data.png' })

  await by(netloom, 'train').click()
  await by(netloom, 'baselines').waitFor()
  await until(async () => (await by(netloom, 'baselines').getAttribute('data-better')) !== 'none', 20_000)
  await by(netloom, 'baselines').click()
  const share = async (id: string): Promise<number> => parseFloat(await by(netloom, id).innerText())
  await until(async () => (await share('baseline-own')) > 80, 20_000)
  expect(await share('baseline-always')).toBeLessThan(50)
  expect(await share('baseline-linear')).toBeGreaterThan(80)
  await page.screenshot({ path: 'test-results/tables-trained.png' })
  await page.keyboard.press('Escape')

  // Petals tell the kinds apart, and a row of one's own is answered.
  await by(netloom, 'tab-columns').click()
  await by(netloom, 'columns-measure').click()
  await by(netloom, 'column-importance').first().waitFor()
  expect(await by(netloom, 'column-importance').first().innerText()).toContain('petal')
  expect(await by(netloom, 'column-importance').count()).toBe(4)
  await by(netloom, 'tab-try').click()
  await by(netloom, 'cell-petal length').fill('1.4')
  await by(netloom, 'cell-petal width').fill('0.2')
  await by(netloom, 'cell-petal width').press('Tab')
  await page.getByText('Looking at your own row: the network says setosa').waitFor()
  // What each column brought to this answer, in the units of the table.
  await by(netloom, 'saliency-toggle').click()
  await by(netloom, 'column-moves').getByText('for setosa (green)', { exact: false }).waitFor()
  expect(await by(netloom, 'column-moves').locator('li').count()).toBe(4)
  expect(await by(netloom, 'column-moves').locator('li', { hasText: 'petal length' }).innerText()).toContain(
    '1.4'
  )
  await page.screenshot({ path: 'test-results/tables-moves.png' })
  await by(netloom, 'saliency-toggle').click()
  await by(netloom, 'cell-petal length').fill('long')
  await by(netloom, 'cell-petal length').press('Tab')
  await by(netloom, 'try-refused').getByText('petal length is “long”, which is not a number.').waitFor()
  await page.screenshot({ path: 'test-results/tables-try.png' })

  // Another answer by click: a number now, so the network has to answer with one.
  await by(netloom, 'data-column-4').click()
  await by(netloom, 'data-column-4-use-select').click()
  await page.getByRole('option', { name: 'Predict it' }).click()
  await by(netloom, 'tab-problems').waitFor()
  await page.evaluate(() => {
    document.documentElement.dataset['theme'] = 'dark'
  })
  await page.screenshot({ path: 'test-results/tables-dark.png' })
})
