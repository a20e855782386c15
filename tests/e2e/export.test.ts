import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { expect } from 'vitest'
import { packProject } from '@core/document/container'
import { firstProject } from '@core/templates'
import { answerDialogs, test, trainerReady, until, type Netloom } from './fixtures'

const by = ({ page }: Netloom, id: string) => page.getByTestId(id)

test('a trained network is taken away as Keras and TensorFlow.js, proven before it is saved', async ({
  world
}) => {
  const path = join(world.folder, 'two-moons.netloom')
  const project = {
    ...firstProject,
    name: 'Two moons',
    training: { ...firstProject.training, epochs: 60 },
    view: { ...firstProject.view, pace: 'full' as const }
  }
  writeFileSync(path, packProject({ document: project, files: {} }))
  const netloom = await world.launch({ args: [path] })
  const { page } = netloom
  await trainerReady(netloom)
  await by(netloom, 'curves-train').click()
  await page.waitForFunction(
    () =>
      window.document.querySelector('[data-testid="time-slider"]')?.getAttribute('aria-valuemax') === '60',
    undefined,
    { timeout: 60_000 }
  )

  await page.keyboard.press('Control+E')
  await by(netloom, 'export-dialog').waitFor()
  const status = by(netloom, 'export-status')
  const checked = async (): Promise<string> => {
    await status.getByText('Checked: gives the same answers as here').waitFor({ timeout: 60_000 })
    return status.innerText()
  }
  const keras = await checked()
  expect(keras).toContain('Read back with h5wasm: 17 weights came back unchanged.')
  expect(keras).toMatch(/Asked \d+ samples with TensorFlow.js/)
  expect(await by(netloom, 'export-code').innerText()).toContain('load_model("two-moons.keras")')
  expect(await by(netloom, 'export-prints').innerText()).toMatch(/^\[\[[\d. ]+\]\n \[[\d. ]+\]\]$/)

  const place = join(world.folder, 'taken')
  await answerDialogs(netloom, { save: place })
  await by(netloom, 'export-save').click()
  await by(netloom, 'export-done').waitFor()
  expect(readdirSync(place).sort()).toEqual(['README.md', 'preparation.json', 'two-moons.keras'])
  const inside = unzipSync(readFileSync(join(place, 'two-moons.keras')))
  expect(Object.keys(inside).sort()).toEqual(['config.json', 'metadata.json', 'model.weights.h5'])
  // Nothing is written over, and it is said so.
  await by(netloom, 'format-tfjs').click()
  await checked()
  await by(netloom, 'export-save').click()
  await status.getByText('There is a folder called taken already.').waitFor()

  await answerDialogs(netloom, { save: join(world.folder, 'web') })
  await by(netloom, 'export-save').click()
  await by(netloom, 'export-done').waitFor()
  await checked()
  await by(netloom, 'export-done').click()
  expect(readdirSync(join(world.folder, 'web')).sort()).toEqual([
    'README.md',
    'model.json',
    'preparation.json',
    'weights.bin'
  ])
  expect(readdirSync(world.folder).sort()).toEqual(['taken', 'two-moons.netloom', 'web'])
  // The process goes with the dialog.
  const processes = () =>
    netloom.app.evaluate(({ app }) => app.getAppMetrics().filter(({ name }) => name === 'export').length)
  await until(async () => (await processes()) === 0, 10_000)
})
