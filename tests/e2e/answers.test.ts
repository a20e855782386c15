import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { packProject } from '@core/document/container'
import type { Document } from '@core/document/schema'
import { part } from '@core/registry/define'
import { chainProject } from '@core/templates/chainProject'
import { firstProject } from '@core/templates'
import { writeFileSync } from 'node:fs'
import { test, trainerReady, type Netloom, type World } from './fixtures'

const by = ({ page }: Netloom, id: string) => page.getByTestId(id)

/** A small part of MNIST, and a network that learns it in a few seconds. */
const digits: Document = chainProject({
  name: 'Digits',
  source: part('mnist', { samples: 3000, heldOutSamples: 500 }),
  split: { train: 1, test: 0 },
  layers: [
    ['convolution', 'conv2d', { filters: 4, kernelSize: 3, strides: 2, activation: part('relu') }],
    ['flatten', 'flatten', {}],
    ['last', 'dense', { units: 10, activation: part('softmax') }]
  ],
  output: { loss: part('crossEntropy') },
  optimizer: part('adam', { learningRate: 0.003 }),
  epochs: 3,
  batchSize: 50
})

async function open(world: World, document: Document): Promise<Netloom> {
  const path = join(world.folder, 'project.netloom')
  const fast: Document = { ...document, view: { ...document.view, pace: 'full' } }
  writeFileSync(path, packProject({ document: fast, files: {} }))
  const netloom = await world.launch({ args: [path] })
  await trainerReady(netloom)
  await by(netloom, 'training-drawer').waitFor()
  return netloom
}

/** Trains to the end of the plan. */
async function trained(netloom: Netloom): Promise<void> {
  await by(netloom, 'curves-train').click()
  await netloom.page.getByText('Keep training').waitFor({ timeout: 60_000 })
}

describe('digits', () => {
  test('a mistake is looked at, left out and put back, and a drawn digit is recognised', async ({
    world
  }) => {
    const netloom = await open(world, digits)
    const { page } = netloom
    await by(netloom, 'tab-answers').click()
    await by(netloom, 'answers-waiting').waitFor()
    await by(netloom, 'tab-training').click()
    await trained(netloom)

    // The commonest mistake, from the list into the heatmap.
    await by(netloom, 'tab-answers').click()
    await by(netloom, 'answers-right').waitFor({ timeout: 30_000 })
    const right = Number(/([\d.]+) %/.exec(await by(netloom, 'answers-right').innerText())![1])
    expect(right).toBeGreaterThan(80)
    const mistake = page.getByTestId(/^mistake-/).first()
    const wanted = Number(/(\d+) picture/.exec(await mistake.innerText())![1])
    await mistake.click()
    const pictures = by(netloom, 'gallery').getByTestId(/^example-\d/)
    await pictures.first().waitFor()
    expect(await pictures.count()).toBe(wanted)

    // One of them: what each layer makes of it, and out of the data.
    const id = (await pictures.first().getAttribute('data-testid'))!
    await pictures.first().click()
    await by(netloom, 'probe-chip').waitFor()
    await by(netloom, 'activation-convolution').waitFor()
    const row = Number(id.slice('example-'.length))
    await by(netloom, 'leave-out').click()
    await by(netloom, 'notices').getByText('is left out of the data').waitFor()
    expect(await by(netloom, id).innerText()).toContain('left out')
    await page.getByRole('tab', { name: 'Data' }).click()
    await by(netloom, `data-put-back-${row}`).waitFor()
    await page.keyboard.press('Control+z')
    await by(netloom, `data-put-back-${row}`).waitFor({ state: 'detached' })
    expect(await by(netloom, id).innerText()).toContain('%')

    // Keys walk the heatmap.
    await by(netloom, 'cell-3-3').click()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await by(netloom, 'training-drawer')
      .getByText(/3 taken for 4/)
      .waitFor()

    // A one, drawn in a corner.
    await by(netloom, 'tab-try').click()
    const pad = (await by(netloom, 'draw-pad').boundingBox())!
    await page.mouse.move(pad.x + 0.2 * pad.width, pad.y + 0.1 * pad.height)
    await page.mouse.down()
    await page.mouse.move(pad.x + 0.2 * pad.width, pad.y + 0.7 * pad.height, { steps: 8 })
    await page.mouse.up()
    await page.waitForFunction(
      () => document.querySelector('[data-testid="tell-bars"]')?.getAttribute('data-best') === '1'
    )
    expect(await by(netloom, 'activation-last').getAttribute('data-best')).toBe('1')

    // Pictures are found by their class.
    await by(netloom, 'sheet-7').click()
    await by(netloom, 'browse-total').waitFor()
    await page.waitForFunction(() => {
      const shown = [...document.querySelectorAll('[data-testid="gallery"] [data-testid^="example-"]')]
      return shown.length > 20 && shown.every((own) => own.textContent.trim() === '7')
    })
  })
})

test('points that were taken for others are ringed, and there is a curve for every threshold', async ({
  world
}) => {
  const netloom = await open(world, { ...firstProject, training: { ...firstProject.training, epochs: 30 } })
  await trained(netloom)
  await by(netloom, 'tab-answers').click()
  await by(netloom, 'plot-roc').waitFor({ timeout: 30_000 })
  const cell = by(netloom, 'cell-0-0')
  await cell.click()
  await by(netloom, 'example-table').waitFor()
  const [, count] = /: (\d+) points/.exec((await cell.getAttribute('aria-label'))!)!
  expect(await by(netloom, 'rings').locator('circle').count()).toBe(Math.min(60, Number(count)))
})
