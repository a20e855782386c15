import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { packProject } from '@core/document/container'
import { overfitLive } from '@core/lessons/overfitLive'
import { answerDialogs, test, trainerReady, until } from './fixtures'

test('in front of a class: cover, vote, reveal; save the curves; play the film; set a weight', async ({
  world
}) => {
  const path = join(world.folder, 'class.netloom')
  const lesson = overfitLive.document
  const short = {
    ...lesson,
    training: { ...lesson.training, epochs: 300, batchSize: 20 },
    view: { ...lesson.view, pace: 'full' as const }
  }
  writeFileSync(path, packProject({ document: short, files: {} }))
  const netloom = await world.launch({ args: [path] })
  await trainerReady(netloom)
  const { page } = netloom
  const by = (id: string) => page.getByTestId(id)

  await by('curves-train').click()
  await page.locator('[data-testid=train][data-action=keep]').waitFor({ timeout: 60_000 })
  await by('reading-chip').waitFor()

  // Nothing tells how new points do until it is revealed.
  await by('cover').click()
  await by('vote').waitFor()
  expect(await by('reading-chip').count()).toBe(0)
  expect((await by('output-new').innerText()).trim()).toBe('–')
  expect(await by('curves').innerText()).not.toContain('new points\n')
  await by('vote-worse').click({ clickCount: 3 })
  await by('vote-better').click()
  await by('vote-better').click({ modifiers: ['Shift'] })
  expect(await by('vote-worse').innerText()).toContain('3')
  await by('vote-reveal').click()
  await page.getByText('Guessed: 0 better, 0 the same, 3 worse.').waitFor()
  expect(await by('output-new').innerText()).toMatch(/%/)

  // A metric that is asked for later has no past; the table has what there is.
  const csv = join(world.folder, 'curves.csv')
  await answerDialogs(netloom, { save: csv })
  await by('curve-export').click()
  await by('export-csv').click()
  await page.getByText('Saved curves.csv.').waitFor()
  const lines = readFileSync(csv, 'utf8').trim().split('\n')
  expect(lines).toHaveLength(301)
  expect(lines[0]).toBe('epoch,step,train_loss,validation_loss,train_accuracy,validation_accuracy')
  expect(lines.at(-1)).toMatch(/^300,900,0\.\d+,/)

  // Zooming by wheel and by keyboard.
  const plots = by('curve-plots')
  const whole = await plots.getAttribute('data-to')
  await plots.focus()
  await page.keyboard.press('+')
  expect(
    Number(await plots.getAttribute('data-to')) - Number(await plots.getAttribute('data-from'))
  ).toBeLessThan(Number(whole))
  await page.keyboard.press('0')
  expect(await plots.getAttribute('data-to')).toBe(whole)

  // The film runs through earlier moments and ends live.
  await by('film-speed').click()
  await by('film-speed').click()
  await by('film-play').click()
  await by('rewind-chip').waitFor()
  const seen = new Set<string>()
  await until(async () => {
    seen.add((await by('boundary').getAttribute('data-epoch')) ?? '')
    return seen.size > 4
  }, 20_000)
  await page.waitForFunction(() => !document.querySelector('[data-testid="rewind-chip"]'), undefined, {
    timeout: 30_000
  })

  // A weight by hand, from the inspector's table: the canvas shows it, and it can be taken back.
  await by('node-output').click()
  const before = await by('weights-now').innerText()
  expect(before).toContain('numbers')
  await by('open-summary').count()

  // Words explain themselves.
  await by('word-loss').first().click()
  await by('word-box').waitFor()
  expect(await by('word-box').innerText()).toContain('how wrong the answers are')
  await page.keyboard.press('Escape')
})

test('on two moons a click on a thread sets its weight, which can be taken back; the summary is copied', async ({
  world
}) => {
  const netloom = await world.launch()
  await trainerReady(netloom)
  const { page } = netloom
  const by = (id: string) => page.getByTestId(id)
  await page.getByText('Two moons').first().click()
  await by('boundary').waitFor()
  await by('node-hidden').click()
  const cell = by('weight-x-0')
  await cell.waitFor()
  await cell.focus()
  await page.keyboard.press('Enter')
  await by('weight-editor').waitFor()
  await page.keyboard.type('7.5')
  await page.keyboard.press('Enter')
  await page.waitForFunction(
    () => document.querySelector('[data-testid="weight-x-0"]')?.textContent?.includes('+7.5') === true
  )
  await page.getByRole('button', { name: 'Take that back' }).click()
  await page.waitForFunction(
    () => document.querySelector('[data-testid="weight-x-0"]')?.textContent?.includes('+7.5') === false
  )
  await by('thread-hidden-0-0').dispatchEvent('click', { clientX: 400, clientY: 250 })
  await by('weight-editor').waitFor()
  await page.keyboard.press('Escape')
  expect(await by('weight-editor').count()).toBe(0)

  await page.keyboard.press('Escape')
  await page.mouse.click(620, 440)
  await by('open-summary').click()
  await by('summary-copy').click()
  await page.getByText('Copied').waitFor()
  const copied = await netloom.app.evaluate(({ clipboard }) => clipboard.readText())
  expect(copied).toContain('│ Dense (3 neurons) │ 3            │          9 │')
})
