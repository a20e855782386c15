import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { packProject } from '@core/document/container'
import type { Document } from '@core/document/schema'
import { lessonProjects } from '@core/lessons/projects'
import { sources } from '@core/registry'
import { cache } from '../../scripts/setup/places.mjs'
import { answerDialogs, test, trainerReady, trainerPids, until, type Netloom } from './fixtures'

const full = process.env['NETLOOM_FULL'] !== undefined
const by = ({ page }: Netloom, id: string) => page.getByTestId(id)
const epochs = async (netloom: Netloom): Promise<number> =>
  (await by(netloom, 'time-slider').count()) === 0
    ? 0
    : Number(await by(netloom, 'time-slider').getAttribute('aria-valuemax'))

/** Those that no other story here begins with; all in npm run test:full. */
const few = ['waves', 'memory']
/** Sources that come with the app and are whole as they are picked; files have stories of their own. */
const picked = Object.keys(sources).filter(
  (type) => !['table', 'pictureFolder', 'drawn', 'text', 'fashionMnist', 'cifar10'].includes(type)
)

/** Opens each tab of the drawer: something is there, and nothing of it throws. */
async function lookEverywhere(netloom: Netloom): Promise<void> {
  const tabs = netloom.page.getByTestId('training-drawer').getByRole('tab')
  for (const tab of await tabs.all()) {
    await tab.click()
    const panel = netloom.page.getByTestId('training-drawer').getByRole('tabpanel')
    await panel.waitFor()
    expect((await panel.innerText()).trim(), await tab.innerText()).not.toBe('')
  }
  await by(netloom, 'tab-training').click()
}

async function openProject(netloom: Netloom, document: Document, path: string): Promise<void> {
  writeFileSync(path, packProject({ document, files: {} }))
  await answerDialogs(netloom, { open: path })
  await netloom.page.keyboard.press('Control+o')
  // What the project before it has learned was not saved.
  await by(netloom, 'unsaved-dialog').or(by(netloom, 'training-drawer')).first().waitFor()
  if ((await by(netloom, 'unsaved-dialog').count()) > 0) await by(netloom, 'unsaved-discard').click()
  await netloom.page.getByText(document.name, { exact: true }).first().waitFor()
}

test('any data that comes with the app is picked, trained on and looked at', async ({ world }) => {
  const netloom = await world.launch()
  await trainerReady(netloom)
  const { page } = netloom
  for (const type of full ? picked : few) {
    // A network of its lesson, where there is one: another network's problems are not the data's.
    const lesson = lessonProjects.find(({ document }) => document.data.source.type === type)
    const base = lesson ?? lessonProjects.find(({ id }) => id === 'moons-tanh3')!
    const view = { ...base.document.view, pace: 'full' } as const
    await openProject(netloom, { ...base.document, view }, join(world.folder, `${type}.netloom`))
    await page.getByRole('tab', { name: 'Data', exact: true }).click()
    await by(netloom, 'data-source').click()
    await by(netloom, `data-source-${type}`).click()
    if (!lesson && (await by(netloom, 'tab-problems').count()) > 0) {
      await by(netloom, 'train').click({ force: true })
      await by(netloom, 'fix-all').click()
    }
    await by(netloom, 'curves-train').click()
    await until(async () => (await epochs(netloom)) >= 1, 120_000)
    await lookEverywhere(netloom)
    // Short plans are through by now.
    if ((await by(netloom, 'stop').getAttribute('aria-disabled')) !== 'true')
      await by(netloom, 'stop').click()
    expect(netloom.output()).not.toMatch(/^window(: | error)/m)
  }
}, 1_800_000)

describe.runIf(full)('at full length', () => {
  test('the quickstart reaches 0.975 on test pictures in five epochs', async ({ world }) => {
    const netloom = await world.launch()
    await trainerReady(netloom)
    const { document } = lessonProjects.find(({ id }) => id === 'mnist-quickstart')!
    await openProject(netloom, document, join(world.folder, 'quickstart.netloom'))
    await by(netloom, 'curves-train').click()
    await netloom.page.getByText('Keep training').waitFor({ timeout: 600_000 })
    await by(netloom, 'test-score').click()
    await by(netloom, 'test-score-run').click()
    const right = by(netloom, 'test-score-panel').locator('b').first()
    await right.waitFor({ timeout: 60_000 })
    expect(parseFloat(await right.innerText())).toBeGreaterThanOrEqual(97.5)
  }, 900_000)

  test('colour pictures are fetched and trained on within 1.5 GB', async ({ world }) => {
    const netloom = await world.launch({ env: { NETLOOM_CACHE: cache } })
    await trainerReady(netloom)
    const { document } = lessonProjects.find(({ id }) => id === 'cifar-cnn4')!
    await openProject(netloom, document, join(world.folder, 'colour.netloom'))
    await netloom.page.getByRole('tab', { name: 'Data', exact: true }).click()
    const get = by(netloom, 'data-library-get')
    if ((await get.count()) > 0) await get.click()
    await by(netloom, 'data-library-here').waitFor({ timeout: 600_000 })
    await by(netloom, 'curves-train').click()
    let most = 0
    await until(async () => {
      const pids = await trainerPids(netloom)
      const metrics = await netloom.app.evaluate(({ app }) => app.getAppMetrics())
      for (const { pid, memory } of metrics)
        if (pids.includes(pid)) most = Math.max(most, memory.workingSetSize / 1024)
      return (await epochs(netloom)) >= 1
    }, 900_000)
    await lookEverywhere(netloom)
    console.log(`training on colour pictures took at most ${most.toFixed(0)} MB`)
    expect(most).toBeLessThan(1500)
  }, 1_800_000)
})
