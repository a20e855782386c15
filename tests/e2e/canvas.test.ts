import { describe, expect } from 'vitest'
import type { Page } from 'playwright-core'
import { test, type Netloom, type World } from './fixtures'

/** Starts the app with the first project on the canvas; it trains for a moment, then waits. */
async function firstNetwork(world: World): Promise<Netloom> {
  const netloom = await world.launch()
  await netloom.page.getByTestId('train-now').click()
  await netloom.page.getByTestId('node-target').waitFor()
  await settled(netloom.page)
  return netloom
}

/** Waits until the canvas has found its place beside the panels that open with it. */
async function settled(page: Page): Promise<void> {
  let before = ''
  await expect
    .poll(
      async () => {
        const now = JSON.stringify(await page.getByTestId('node-data').boundingBox())
        const same = now === before
        before = now
        return same
      },
      { interval: 300, timeout: 10_000 }
    )
    .toBe(true)
}

const node = (page: Page, id: string) => page.locator(`.svelte-flow__node[data-id="${id}"]`)
const nodeIds = (page: Page) =>
  page.locator('.svelte-flow__node').evaluateAll((all) => all.map((e) => e.getAttribute('data-id')))
const edgeIds = (page: Page) =>
  page.locator('.svelte-flow__edge').evaluateAll((all) => all.map((e) => e.getAttribute('data-id')))
const placeOf = async (page: Page, id: string) => (await node(page, id).getAttribute('style'))!

/** The middle of something on the screen. */
async function middle(page: Page, testId: string): Promise<[number, number]> {
  const box = await page.getByTestId(testId).boundingBox()
  if (!box) throw new Error(`${testId} is not on the screen`)
  return [box.x + box.width / 2, box.y + box.height / 2]
}

/** Drags a layer of this type over some points of the window and drops it at the last. */
function drop(page: Page, type: string, ...points: [number, number][]): Promise<void> {
  return page.evaluate(
    async ({ type, points }) => {
      const data = new DataTransfer()
      data.setData('application/x-netloom-layer', type)
      const send = (name: string, [clientX, clientY]: [number, number]) =>
        document
          .elementFromPoint(clientX, clientY)!
          .dispatchEvent(
            new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: data, clientX, clientY })
          )
      for (const point of points) {
        send('dragover', point)
        await new Promise((resolve) => setTimeout(resolve, 250))
      }
      send('drop', points.at(-1)!)
    },
    { type, points }
  )
}

const until = (what: () => Promise<unknown>, value: unknown) =>
  expect.poll(what, { timeout: 10_000 }).toEqual(value)

describe('the canvas', () => {
  test('shows what every neuron answers, and every weight as a thread, while it trains', async ({
    world
  }) => {
    const { page } = await firstNetwork(world)
    expect(await nodeIds(page)).toEqual(['data', 'hidden', 'output', 'target'])
    // 2 × 3 and 3 × 2 weights, and one line a class to the output.
    await until(() => page.locator('.svelte-flow__edge path.thread').count(), 14)
    const colours = () =>
      page.locator('[data-testid="tile-hidden-0"] canvas').evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
        const seen = new Set<string>()
        for (let i = 0; i < data.length; i += 4) seen.add(`${data[i]},${data[i + 1]},${data[i + 2]}`)
        return seen.size > 20
      })
    await until(colours, true)
    await expect.poll(() => page.getByTestId('output-new').innerText()).toMatch(/^\d+(\.\d)? %$/)
    await page.getByTestId('tile-hidden-1').hover()
    const dimmed = () =>
      page
        .locator('path.thread')
        .evaluateAll((all) => all.filter((e) => Number((e as SVGElement).style.opacity) < 0.2).length)
    await expect.poll(dimmed).toBeGreaterThan(5)
  })

  test('a dragged node stays where it is put, undo takes it back in one step; zoom, fit and tidy', async ({
    world
  }) => {
    const { page } = await firstNetwork(world)
    const before = await placeOf(page, 'hidden')
    const header = page.getByTestId('node-hidden').locator('header')
    const box = (await header.boundingBox())!
    await page.mouse.move(box.x + 60, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + 70, box.y + 60, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => placeOf(page, 'hidden')).not.toBe(before)
    expect(await node(page, 'hidden').getAttribute('class')).toContain('selected')
    await page.keyboard.press('Control+z')
    await until(() => placeOf(page, 'hidden'), before)

    const level = page.getByTestId('zoom-level')
    expect(await level.innerText()).toBe('Fit')
    await page.getByTestId('zoom-in').click()
    await expect.poll(() => level.innerText()).toMatch(/^\d+ %$/)
    await page.getByTestId('zoom-fit').click()
    await until(() => level.innerText(), 'Fit')
    await page.getByTestId('node-output').locator('header').click()
    await node(page, 'output').focus()
    for (let i = 0; i < 5; i++) await page.keyboard.press('Shift+ArrowDown')
    await expect.poll(() => placeOf(page, 'output')).toContain('translate(408px, 40px)')
    await page.getByTestId('tidy').click()
    await expect.poll(() => placeOf(page, 'output')).toContain('translate(408px, 0px)')
    expect(await placeOf(page, 'hidden')).toBe(before)
  })

  test('two ports are joined with the pointer, and two nodes from the keyboard', async ({ world }) => {
    const { page } = await firstNetwork(world)
    await page.mouse.move(...(await middle(page, 'port-data-features')))
    await page.mouse.down()
    const [x, y] = await middle(page, 'port-output-input')
    await page.mouse.move(x - 30, y + 40, { steps: 4 })
    expect(await page.getByTestId('port-output-input').getAttribute('class')).toContain('match')
    expect(await page.getByTestId('port-target-target').getAttribute('class')).toContain('other')
    await page.mouse.move(x, y, { steps: 2 })
    await page.mouse.up()
    await expect.poll(() => edgeIds(page)).toContain('data.features-output.input')
    expect(await edgeIds(page)).not.toContain('hidden.output-output.input')

    await page.getByTestId('node-hidden').locator('header').click({ button: 'right' })
    await page.getByTestId('menu-connect').press('ArrowRight')
    await page.getByTestId('menu-connect-output-input').press('Enter')
    await expect.poll(() => edgeIds(page)).toContain('hidden.output-output.input')
  })

  test('arrows walk from node to node, F2 renames, Delete removes and joins, undo brings back', async ({
    world
  }) => {
    const { page } = await firstNetwork(world)
    await node(page, 'data').focus()
    await page.keyboard.press('ArrowRight')
    await until(() => page.evaluate(() => document.activeElement?.getAttribute('data-id')), 'hidden')
    const before = await placeOf(page, 'hidden')
    await page.keyboard.press('Shift+ArrowDown')
    await expect.poll(() => placeOf(page, 'hidden')).not.toBe(before)
    await page.keyboard.press('F2')
    await page.getByTestId('node-name').fill('Three lines')
    await page.keyboard.press('Enter')
    await until(() => page.getByTestId('node-hidden').locator('header b').innerText(), 'Three lines')
    await page.keyboard.press('Delete')
    await until(() => nodeIds(page), ['data', 'output', 'target'])
    expect(await edgeIds(page)).toContain('data.features-output.input')
    await page.keyboard.press('Control+z')
    await until(() => nodeIds(page), ['data', 'hidden', 'output', 'target'])
  })

  test('what is wrong stands at its node, with a button that mends it', async ({ world }) => {
    const { page } = await firstNetwork(world)
    await page.getByTestId('node-target').locator('header').click()
    await page.keyboard.press('Delete')
    await page.getByTestId('ghost-output').waitFor()
    await page.getByTestId('fix-1').first().click()
    await page.getByTestId('ghost-output').waitFor({ state: 'detached' })
    await until(() => page.locator('[data-testid^="callout-"]').count(), 0)
    expect(await nodeIds(page)).toHaveLength(4)
  })

  test('a layer dropped near a line opens a gap and goes into it', async ({ world }) => {
    const { page } = await firstNetwork(world)
    const [x1, y] = await middle(page, 'port-hidden-output')
    const [x2] = await middle(page, 'port-output-input')
    const at: [number, number] = [(x1 + x2) / 2, y + 30]
    await drop(page, 'dropout', [x1 - 40, y + 320], at, at)
    await expect.poll(() => edgeIds(page)).toContain('dropout.output-output.input')
    expect(await edgeIds(page)).toContain('hidden.output-dropout.input')
    expect(await node(page, 'dropout').getAttribute('class')).toContain('selected')
  })

  test('an empty canvas says what to do and does it', async ({ world }) => {
    const { page } = await world.launch()
    await page.getByTestId('empty-canvas').click()
    await page.getByTestId('start-network').click()
    await expect.poll(() => nodeIds(page)).toHaveLength(4)
    await until(() => page.locator('[data-testid^="callout-"]').count(), 0)
  })
})
