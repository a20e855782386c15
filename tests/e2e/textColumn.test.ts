import { expect } from 'vitest'
import { test, trainerReady, type Netloom } from './fixtures'

const by = ({ page }: Netloom, id: string) => page.locator(`[data-testid="${id}"]`)

const NOUNS = ['film', 'book', 'song', 'play', 'meal', 'hotel', 'game', 'trip', 'show', 'talk']
const WORDS = {
  liked: ['wonderful', 'lovely', 'superb', 'charming', 'delightful'],
  disliked: ['dreadful', 'boring', 'awful', 'tedious', 'horrible']
} as const

/** What people might say of things, a number for each row, and whether they liked them. */
const reviews = (): string => {
  const rows = Array.from({ length: 240 }, (_, i) => {
    const kind = i % 2 === 0 ? 'liked' : 'disliked'
    const noun = NOUNS[i % 10]!
    const [a, b] = [WORDS[kind][Math.floor(i / 2) % 5]!, WORDS[kind][Math.floor(i / 10) % 5]!]
    return `${i + 1},"The ${noun} was ${a}, and its end was ${b} on day ${i}.",${kind}`
  })
  return ['No,review,opinion', ...rows].join('\n')
}

const look = async ({ page }: Netloom, name: string): Promise<void> => {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((own) => void (document.documentElement.dataset['theme'] = own), theme)
    await page.screenshot({ path: `test-results/text-column-${name}-${theme}.png` })
  }
}

test('a column of texts is learned from, and a typed sentence is answered', async ({ world }) => {
  const netloom = await world.launch()
  const { page } = netloom
  await page.setViewportSize({ width: 1280, height: 800 })
  await by(netloom, 'start-screen').waitFor()
  await trainerReady(netloom)
  await page.evaluate((content) => {
    const data = new DataTransfer()
    data.items.add(new File([content], 'reviews.csv'))
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
  }, reviews())
  await by(netloom, 'suggestions').getByText('Embedding, average, 16 neurons').waitFor()
  await look(netloom, 'start')
  await by(netloom, 'suggestions-close').click()

  await by(netloom, 'train').click()
  await by(netloom, 'baselines').waitFor()

  // The words of a sentence are typed, also such as were never seen.
  await by(netloom, 'tab-try').click()
  await by(netloom, 'cell-review').fill('A truly WONDERFUL evening, superb!')
  await page.getByText('Looking at your own row: the network says liked').waitFor()
  await look(netloom, 'try')
  await by(netloom, 'cell-review').fill('boring, boring')
  await page.getByText('Looking at your own row: the network says disliked').waitFor()
  await by(netloom, 'tab-examples').click()
  await by(netloom, 'gallery').getByText('the film was wonderful', { exact: false }).first().waitFor()
  await by(netloom, 'example-1').click()
  await by(netloom, 'example-details').waitFor()
  await look(netloom, 'examples')

  // How it is read stands with the column; the others are told why they are out, and take its place.
  await by(netloom, 'data-column-1').click()
  await by(netloom, 'data-column-1-details')
    .getByText('A text is learned from by itself, so the other columns are left out.')
    .waitFor()
  await look(netloom, 'data')
  await by(netloom, 'data-column-0').click()
  await by(netloom, 'data-column-0-details')
    .getByText('Left out while the network learns from the text review.', { exact: false })
    .waitFor()

  // A file that was read in another way is brought back by the keyboard at once.
  await by(netloom, 'data-file-reread').click()
  await by(netloom, 'read-header').selectOption('no')
  await by(netloom, 'read-preview').getByText('Column 3').waitFor()
  await by(netloom, 'read-apply').click()
  await by(netloom, 'data-columns').getByText('Column 3').waitFor()
  await page.keyboard.press('Control+z')
  await by(netloom, 'data-column-1').getByText('review', { exact: true }).waitFor()
  // Nothing else was edited meanwhile: there is nothing left to undo, and the reading can be done again.
  expect(await by(netloom, 'redo').getAttribute('aria-label')).toContain('read reviews.csv in another way')
  expect(netloom.output()).not.toContain('window error')
}, 240_000)
