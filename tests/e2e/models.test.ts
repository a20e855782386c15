import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect } from 'vitest'
import { unpackProject, type Project } from '@core/document/container'
import { unwrap } from '@core/result'
import { at } from '../../scripts/setup/places.mjs'
import { answerDialogs, test, trainerReady, type Netloom } from './fixtures'

const models = unzipSync(readFileSync(at('tests/oracles/models.zip')))
const by = ({ page }: Netloom, id: string) => page.getByTestId(id)

async function open(netloom: Netloom, path: string): Promise<void> {
  await answerDialogs(netloom, { open: path })
  await netloom.page.keyboard.press('Control+o')
}

/** What Save puts on the disk once a trained network is in it. */
async function saved(netloom: Netloom, path: string): Promise<Project> {
  await answerDialogs(netloom, { save: path })
  await netloom.page.keyboard.press('Control+Shift+s')
  // The trainer takes a moment to get the network ready with what it has learned.
  const kept = async (): Promise<unknown> => {
    if (!existsSync(path)) return undefined
    const { checkpoint } = unwrap(unpackProject(readFileSync(path)))
    if (!checkpoint) await netloom.page.keyboard.press('Control+s')
    return checkpoint
  }
  await expect.poll(kept, { timeout: 25_000, interval: 500 }).toBeTruthy()
  return unwrap(unpackProject(readFileSync(path)))
}

const weight = ({ checkpoint }: Project, ending: string): number[] => [
  ...checkpoint!.tensors.find(({ name }) => name.endsWith(ending))!.values
]

/** The same model with a layer in it that Netloom does not have. */
function withForeign(bytes: Uint8Array): Uint8Array {
  const entries = unzipSync(bytes)
  const config = JSON.parse(strFromU8(entries['config.json']!)) as { config: { layers: object[] } }
  config.config.layers.splice(2, 0, {
    module: 'keras.layers',
    class_name: 'UnitNormalization',
    config: { name: 'unit' },
    build_config: { input_shape: [null, 5] }
  })
  return zipSync({ ...entries, 'config.json': strToU8(JSON.stringify(config)) })
}

test('a model of Keras comes in, is looked at, trained on and made the base of another', async ({
  world
}) => {
  const netloom = await world.launch()
  await trainerReady(netloom)
  const { page } = netloom
  const path = join(world.folder, 'flowers.keras')
  writeFileSync(path, models['dense.keras']!)
  await open(netloom, path)
  await by(netloom, 'brought-in').waitFor()
  expect(await by(netloom, 'brought-in').innerText()).toContain(
    '4 numbers, and answers with one of 3 classes'
  )
  const before = await saved(netloom, join(world.folder, 'random.netloom'))
  // Data that fits, and the weights with it.
  await by(netloom, 'brought-in-use-iris').click()
  await expect.poll(() => by(netloom, 'brought-in').count()).toBe(0)
  const after = await saved(netloom, join(world.folder, 'iris.netloom'))
  expect(after.document.data.source.type).toBe('iris')
  expect(weight(after, '/kernel')).toEqual(weight(before, '/kernel'))
  // A new head: the rest stays as it is while the head learns.
  await page
    .getByTestId('canvas')
    .click({ position: { x: 40, y: 40 } })
    .catch(() => undefined)
  await page.keyboard.press('Shift+L')
  await expect.poll(() => page.locator('.svelte-flow__node').count()).toBe(4)
  // Its base stays what it was, however soon training begins.
  await page.keyboard.press('e')
  const based = await saved(netloom, join(world.folder, 'base.netloom'))
  const [network] = based.document.networks
  expect(Object.values(network!.nodes).filter(({ frozen }) => frozen)).toHaveLength(1)
  expect(network!.nodes['head']?.config['units']).toBe(3)
  expect(weight(based, '/kernel')).toEqual(weight(before, '/kernel'))

  // A layer that Netloom lacks is named, and taken out; the others keep what they learned.
  const foreign = join(world.folder, 'foreign.keras')
  writeFileSync(foreign, withForeign(models['dense.keras']!))
  await open(netloom, foreign)
  if ((await by(netloom, 'unsaved-discard').count()) > 0) await by(netloom, 'unsaved-discard').click()
  await by(netloom, 'brought-in-foreign').waitFor()
  await page.getByText('UnitNormalization').first().waitFor()
  await by(netloom, 'tab-problems').click()
  await page.getByRole('button', { name: 'Take it out' }).first().click()
  const mended = await saved(netloom, join(world.folder, 'mended.netloom'))
  expect(weight(mended, '/kernel')).toEqual(weight(before, '/kernel'))

  // What is no model says so.
  const broken = join(world.folder, 'broken.keras')
  writeFileSync(broken, models['dense.keras']!.subarray(0, 3000))
  await open(netloom, broken)
  if ((await by(netloom, 'unsaved-discard').count()) > 0) await by(netloom, 'unsaved-discard').click()
  await page.getByText(/broken\.keras cannot be opened/).waitFor()
})
