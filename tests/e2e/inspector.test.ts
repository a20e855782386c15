import { describe, expect } from 'vitest'
import { test, trainerReady, type Netloom, type World } from './fixtures'

const by = (netloom: Netloom, id: string) => netloom.page.getByTestId(id)

/** The first project, training, with its hidden layer selected through the outline. */
async function openHidden(world: World): Promise<Netloom> {
  const netloom = await world.launch()
  await trainerReady(netloom)
  await by(netloom, 'train-now').click()
  await by(netloom, 'outline-hidden').click()
  await by(netloom, 'node-inspector').waitFor()
  return netloom
}

const textOf = (netloom: Netloom, id: string): Promise<string> => by(netloom, id).innerText()

describe('the inspector', () => {
  test('freezes a layer’s weights with its lock, and the card shows it', async ({ world }) => {
    const netloom = await openHidden(world)
    const lock = by(netloom, 'node-freeze')
    expect(await lock.getAttribute('aria-pressed')).toBe('false')
    await lock.click()
    expect(await lock.getAttribute('aria-pressed')).toBe('true')
    const card = netloom.page.locator('.svelte-flow__node[data-id="hidden"]')
    expect(await card.getAttribute('aria-label')).toContain('frozen')
    await by(netloom, 'undo').click()
    expect(await lock.getAttribute('aria-pressed')).toBe('false')
  })

  test('changes neurons, and one undo takes a visit to the field back', async ({ world }) => {
    const netloom = await openHidden(world)
    const units = by(netloom, 'field-units-input')
    await by(netloom, 'field-units-more').click()
    await by(netloom, 'field-units-more').click()
    expect(await units.inputValue()).toBe('5')
    expect(await textOf(netloom, 'field-units-note')).toContain('when training starts over')
    await by(netloom, 'undo').click()
    expect(await units.inputValue()).toBe('3')
  })

  test('takes a number that cannot work, says so at the field, and mends it', async ({ world }) => {
    const netloom = await openHidden(world)
    const units = by(netloom, 'field-units-input')
    await units.fill('0')
    await units.press('Enter')
    expect(await textOf(netloom, 'field-units')).toContain('needs at least 1')
    await by(netloom, 'tab-problems').click()
    expect(await textOf(netloom, 'problem-1')).toContain('Has 0 neurons')
    await by(netloom, 'field-units-fix').click()
    expect(Number(await units.inputValue())).toBeGreaterThan(0)
    await by(netloom, 'tab-problems').waitFor({ state: 'detached' })
  })

  test('keeps text that is no number in its box, with words, and the document as it was', async ({
    world
  }) => {
    const netloom = await openHidden(world)
    const units = by(netloom, 'field-units-input')
    await units.fill('many')
    await units.press('Enter')
    expect(await textOf(netloom, 'field-units')).toContain('“many” is no number')
    await units.press('Escape')
    expect(await units.inputValue()).toBe('3')
    expect(await by(netloom, 'field-units').getByRole('alert').count()).toBe(0)
  })

  test('turns a penalty on with its strength, which a running training takes up at once', async ({
    world
  }) => {
    const netloom = await openHidden(world)
    await by(netloom, 'field-kernelRegularizer-l2').click()
    const strength = by(netloom, 'field-kernelRegularizer-rate-input')
    await strength.fill('0,02')
    await strength.press('Enter')
    expect(await strength.inputValue()).toBe('0.02')
    expect(await textOf(netloom, 'field-kernelRegularizer-note')).toContain('at once')
    await by(netloom, 'field-kernelRegularizer-none').click()
    expect(await strength.count()).toBe(0)
  })

  test('shows the weights as they are, and names, copies and removes a node', async ({ world }) => {
    const netloom = await openHidden(world)
    const table = by(netloom, 'weights-now')
    await table.waitFor()
    expect(await table.getByRole('rowheader').allInnerTexts()).toEqual(['x', 'y', 'bias'])
    const name = by(netloom, 'inspector-name')
    await name.fill('Lines')
    await name.press('Enter')
    await by(netloom, 'node-menu').click()
    await by(netloom, 'node-duplicate').click()
    await by(netloom, 'node-menu').click()
    await by(netloom, 'node-remove').click()
    await by(netloom, 'outline').waitFor()
    expect(await textOf(netloom, 'outline-hidden')).toContain('Lines')
  })

  test('ends training at a loss, says so, and goes on past it', async ({ world }) => {
    const netloom = await world.launch()
    await by(netloom, 'train-now').click()
    await by(netloom, 'more-training').click()
    await by(netloom, 'field-lossLimit-switch').click()
    const goal = by(netloom, 'stop-loss-input')
    await goal.fill('0.4')
    await goal.press('Enter')
    await by(netloom, 'ending-chip').waitFor({ timeout: 30_000 })
    expect(await textOf(netloom, 'ending-chip')).toContain('Reached a loss of 0.400')
    await by(netloom, 'train').click()
    await by(netloom, 'ending-chip').waitFor({ state: 'detached' })
    expect(await by(netloom, 'field-lossLimit-switch').getAttribute('aria-checked')).toBe('false')
  })

  test('refuses epochs that no training has, and picks an optimizer', async ({ world }) => {
    const netloom = await world.launch()
    await by(netloom, 'train-now').click()
    const epochs = by(netloom, 'field-epochs-input')
    await epochs.fill('0')
    await epochs.press('Enter')
    expect(await textOf(netloom, 'field-epochs')).toContain('Needs at least 1')
    await epochs.press('Escape')
    expect(await epochs.inputValue()).toBe('1,000')
    await by(netloom, 'field-optimizer-select').click()
    await by(netloom, 'field-optimizer-sgd').click()
    await by(netloom, 'field-optimizer-momentum-input').waitFor()
    await by(netloom, 'undo').click()
    await by(netloom, 'field-optimizer-momentum-input').waitFor({ state: 'detached' })
  })
})
