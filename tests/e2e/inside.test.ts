import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { packProject } from '@core/document/container'
import type { Document } from '@core/document/schema'
import { part } from '@core/registry/define'
import { chainProject, type ChainProject } from '@core/templates/chainProject'
import { test, trainerReady, type Netloom, type World } from './fixtures'

const by = ({ page }: Netloom, id: string) => page.getByTestId(id)

/** Seven layers of sigmoids: no gradient gets to the first ones. */
const deep: Document = chainProject({
  name: 'Deep sigmoids',
  source: part('moons', { samples: 300 }),
  split: { train: 0.5, test: 0 },
  layers: [
    ...Array.from({ length: 7 }, (_, i): ChainProject['layers'][number] => [
      `hidden${i + 1}`,
      'dense',
      { units: 8, activation: part('sigmoid') }
    ]),
    ['output', 'dense', { units: 2, activation: part('softmax') }]
  ],
  optimizer: part('sgd', { learningRate: 0.1 }),
  epochs: 150
})

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
test('vanishing gradients are named in a deep network of sigmoids, and gone when it is mended', async ({
  world
}) => {
  const netloom = await open(world, deep)
  const { page } = netloom
  await by(netloom, 'tab-inside').click()
  await by(netloom, 'inside-tab').getByText('Nothing has been learned yet').waitFor()
  await by(netloom, 'tab-training').click()
  await by(netloom, 'curves-train').click()
  await page.getByText('Keep training').waitFor({ timeout: 60_000 })

  // In the reading, on the cards, and where it is told whole.
  await by(netloom, 'inside-chip').waitFor({ timeout: 20_000 })
  expect(await by(netloom, 'inside-chip').innerText()).toContain('Gradients vanish')
  await by(netloom, 'note-hidden1').click()
  const notes = by(netloom, 'inside-notes')
  await notes.waitFor()
  expect(await notes.innerText()).toMatch(
    /those of Dense \(layer 1\) are [\d,]+ times smaller than those of the last layer/
  )

  // What reaches the first layers is far below what reaches the last ones.
  await page.waitForFunction(() =>
    /\d/.test(document.querySelector('[data-testid="inside-layer-hidden7"] .size')?.textContent ?? '')
  )
  const signal = async (layer: number): Promise<number> =>
    Number((await by(netloom, `inside-layer-hidden${layer}`).locator('.size').innerText()).replace('−', '-'))
  expect(await signal(1)).toBeLessThan((await signal(7)) / 1000)
  expect(await by(netloom, 'inside-layer-hidden1').getAttribute('aria-pressed')).toBe('true')
  // The numbers of an epoch are read by keyboard; only the last layer has moved so far that three digits show it.
  await by(netloom, 'inside-layer-output').click()
  await page.waitForFunction(() =>
    document
      .querySelector('[data-testid="inside-weight-words"]')
      ?.closest('section')
      ?.textContent.includes('layer 8')
  )
  await by(netloom, 'inside-gradient-words').waitFor()
  const last = await by(netloom, 'inside-weight-words').innerText()
  expect(last).toMatch(/mean .* ± .*, .* to /)
  await by(netloom, 'inside-charts').focus()
  await page.keyboard.press('Home')
  await by(netloom, 'inside-charts').getByText('epoch 0', { exact: true }).first().waitFor()
  expect(await by(netloom, 'inside-weight-words').innerText()).not.toBe(last)
  await page.keyboard.press('Escape')
  await by(netloom, 'inside-weight-bias').click()

  // Mended with a click, it learns; undo would take it back.
  await by(netloom, 'inside-fix-vanishing-0').click()
  await notes.waitFor({ state: 'detached' })
  await by(netloom, 'note-hidden1').waitFor({ state: 'detached' })
  await by(netloom, 'tab-training').click()
  await by(netloom, 'stale-start-over').click()
  await page.getByText('Keep training').waitFor({ timeout: 60_000 })
  await by(netloom, 'tab-inside').click()
  await by(netloom, 'inside-charts').waitFor()
  // The findings of the new run have been asked for by now.
  await page.waitForTimeout(4000)
  expect(await page.locator('[data-kind="vanishing"]').count()).toBe(0)
  expect(await signal(1)).toBeGreaterThan((await signal(7)) / 300)
})

test('the pixels that an answer hangs on are shown on the picture, for its answer and for another class', async ({
  world
}) => {
  const netloom = await open(world, digits)
  const { page } = netloom
  await by(netloom, 'curves-train').click()
  await page.getByText('Keep training').waitFor({ timeout: 60_000 })
  await by(netloom, 'tab-examples').click()
  await page
    .getByTestId(/^example-\d/)
    .first()
    .click()
  await by(netloom, 'saliency-toggle').click()
  const words = by(netloom, 'saliency-words')
  await words.waitFor({ timeout: 30_000 })
  const best = await by(netloom, 'tell-bars').getAttribute('data-best')
  expect(await words.getAttribute('data-class')).toBe(best)
  expect(await words.innerText()).toMatch(/Hangs .*%/)
  await by(netloom, 'saliency-layer').waitFor()
  const other = best === '3' ? '5' : '3'
  await by(netloom, 'saliency-class').selectOption(other)
  await page.waitForFunction(
    (wanted) =>
      document.querySelector('[data-testid="saliency-words"]')?.getAttribute('data-class') === wanted,
    other
  )
  // The gradient of the same answer, over the same picture.
  await by(netloom, 'saliency-slope').click()
  await by(netloom, 'saliency-words').getByText('a little more ink would make', { exact: false }).waitFor()
  await by(netloom, 'saliency-layer').waitFor()
  await page.screenshot({ path: 'test-results/inside-gradient-pixels.png' })
  // It stays on for what is looked at elsewhere.
  await by(netloom, 'tab-try').click()
  await words.waitFor()
  await by(netloom, 'tab-inside').click()
  await by(netloom, 'inside-layer-convolution').click()
  await by(netloom, 'inside-gradient-words').waitFor({ timeout: 20_000 })
})
