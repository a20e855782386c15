import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { answerDialogs, test, type Netloom, type World } from './fixtures'

const by = (netloom: Netloom, id: string) => netloom.page.getByTestId(id)

async function open(world: World): Promise<Netloom> {
  const netloom = await world.launch()
  await by(netloom, 'train-now').click()
  await by(netloom, 'palette').waitFor()
  return netloom
}

const outline = (netloom: Netloom): Promise<string[]> =>
  by(netloom, 'outline')
    .getByRole('button')
    .evaluateAll((rows) =>
      rows
        .map((row) => row.getAttribute('data-testid') ?? '')
        .filter((id) => id.startsWith('outline-'))
        .map((id) => id.replace('outline-', ''))
    )

describe('the palette', () => {
  test('finds a layer by its name and adds it with Enter', async ({ world }) => {
    const netloom = await open(world)
    const search = by(netloom, 'layer-search')
    await netloom.page.keyboard.press('/')
    await netloom.page.keyboard.type('drop')
    expect(await search.inputValue()).toBe('drop')
    await search.press('Enter')
    await by(netloom, 'field-rate').waitFor()
    await search.press('Escape')
    await netloom.page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await netloom.page.keyboard.press('Control+z')
    expect(await outline(netloom)).toEqual(['data', 'hidden', 'output', 'target'])
  })

  test('adds with a double-click, and offers no second output', async ({ world }) => {
    const netloom = await open(world)
    await by(netloom, 'palette-group-Ends').click()
    await by(netloom, 'palette-output').dblclick({ force: true })
    expect(await outline(netloom)).toHaveLength(4)
    expect(await by(netloom, 'palette-output').getAttribute('aria-disabled')).toBe('true')
    await by(netloom, 'palette-dense').dblclick()
    await by(netloom, 'field-units').waitFor()
    expect(await by(netloom, 'inspector-name').inputValue()).toBe('Dense')
  })

  test('says what there is when nothing is found', async ({ world }) => {
    const netloom = await open(world)
    await by(netloom, 'layer-search').fill('teapot')
    expect(await by(netloom, 'palette-none').innerText()).toContain('Dense')
    await by(netloom, 'layer-search').press('Escape')
    await by(netloom, 'palette-dense').waitFor()
  })

  test('folds and opens groups with the keyboard, and remembers it', async ({ world }) => {
    const netloom = await open(world)
    const joining = by(netloom, 'palette-group-Joining')
    expect(await joining.getAttribute('aria-expanded')).toBe('false')
    await by(netloom, 'layer-search').focus()
    await netloom.page.keyboard.press('ArrowDown')
    await netloom.page.keyboard.press('ArrowLeft')
    expect(await by(netloom, 'palette-dense').count()).toBe(0)
    await netloom.page.keyboard.press('ArrowRight')
    await netloom.page.keyboard.press('ArrowDown')
    const focused = () => netloom.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))
    expect(await focused()).toBe('palette-dense')
    await joining.focus()
    await netloom.page.keyboard.press('ArrowRight')
    await by(netloom, 'palette-concatenate').waitFor()
    await by(netloom, 'tab-data').click()
    await by(netloom, 'tab-layers').click()
    await by(netloom, 'palette-concatenate').waitFor()
  })
})

describe('the data tab', () => {
  test('changes source, points and parts, each with undo', async ({ world }) => {
    const netloom = await open(world)
    await by(netloom, 'tab-data').click()
    await by(netloom, 'data-source').click()
    await by(netloom, 'data-source-circle').click()
    await by(netloom, 'data-samples-input').fill('300')
    await by(netloom, 'data-samples-input').press('Enter')
    expect(await by(netloom, 'data-new-rows').innerText()).toBe('150')
    await by(netloom, 'data-test-rows-input').fill('60')
    await by(netloom, 'data-test-rows-input').press('Enter')
    expect(await by(netloom, 'data-new-rows').innerText()).toBe('90')
    expect(await by(netloom, 'data-split-words').innerText()).toContain('honest score')
    for (let i = 0; i < 3; i++) await by(netloom, 'undo').click()
    expect(await by(netloom, 'data-samples-input').inputValue()).toBe('200')
    expect(await by(netloom, 'data-source').innerText()).toContain('Two moons')
  })

  test('moves the split with the keyboard', async ({ world }) => {
    const netloom = await open(world)
    await by(netloom, 'tab-data').click()
    await by(netloom, 'data-split-train').focus()
    await netloom.page.keyboard.press('ArrowRight')
    expect(Number(await by(netloom, 'data-train-rows-input').inputValue())).toBeGreaterThan(100)
  })

  test('reads a table of one’s own, and says what is wrong with a broken one', async ({ world }) => {
    const netloom = await open(world)
    const good = join(world.folder, 'flowers.csv')
    const broken = join(world.folder, 'broken.csv')
    const rows = Array.from({ length: 20 }, (_, i) => `${i},${i % 7},${i % 2 ? 'rose' : 'lily'}`)
    writeFileSync(good, ['length,width,kind', ...rows].join('\n'))
    writeFileSync(broken, 'a,b,kind\n1,4,x\n2,y\n')
    await by(netloom, 'tab-data').click()
    await by(netloom, 'data-source').click()
    await by(netloom, 'data-source-table').click()
    await answerDialogs(netloom, { open: broken })
    await by(netloom, 'data-file-choose').click()
    await netloom.page.getByText('Line 3 of broken.csv').waitFor()
    await answerDialogs(netloom, { open: good })
    await by(netloom, 'data-file-choose').click()
    await by(netloom, 'data-split').waitFor()
    expect(await by(netloom, 'data-tab').innerText()).toContain('lily')
  })
})
