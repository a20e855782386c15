import { describe, expect } from 'vitest'
import { test, type Netloom } from './fixtures'

const by = (netloom: Netloom, id: string) => netloom.page.getByTestId(id)

describe('the list of problems', () => {
  test('numbers them as the outline does, shows the node and fixes all', async ({ world }) => {
    const netloom = await world.launch()
    await by(netloom, 'template-two-moons').click()
    await by(netloom, 'outline-target').click()
    await by(netloom, 'node-menu').click()
    await by(netloom, 'node-remove').click()
    await by(netloom, 'outline-hidden').click()
    await by(netloom, 'field-units-input').fill('0')
    await by(netloom, 'field-units-input').press('Enter')

    await by(netloom, 'tab-problems').click()
    const rows = by(netloom, 'problem-list').getByRole('listitem')
    expect(await rows.count()).toBe(2)
    expect(await rows.nth(0).innerText()).toContain('Has 0 neurons')
    expect(await rows.nth(1).innerText()).toContain('nothing to aim at')

    await by(netloom, 'problem-1').click()
    expect(await by(netloom, 'field-units-input').inputValue()).toBe('0')
    expect(await by(netloom, 'field-units').innerText()).toContain('Has 0 neurons')

    await by(netloom, 'fix-all-list').click()
    await by(netloom, 'problem-list').waitFor({ state: 'detached' })
    expect(await by(netloom, 'train').getAttribute('aria-disabled')).not.toBe('true')
    await by(netloom, 'undo').click()
    expect(await by(netloom, 'field-units-input').inputValue()).toBe('0')
  })
})
