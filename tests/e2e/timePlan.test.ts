import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { packProject } from '@core/document/container'
import { setSetting } from '@core/document/paths'
import { unwrap } from '@core/result'
import { firstProject } from '@core/templates'
import { test, trainerReady, until, type Netloom } from './fixtures'

/** Does the app keep the computer awake? Ids are given in order, from 0. */
const awake = ({ app }: Netloom): Promise<boolean> =>
  app.evaluate(({ powerSaveBlocker }) => [0, 1, 2, 3].some((id) => powerSaveBlocker.isStarted(id)))

test('long training is promised, limited by a click, counted down and over when its time is', async ({
  world
}) => {
  const large = unwrap(setSetting(firstProject, 'data.source.samples', 5000))
  const path = join(world.folder, 'long.netloom')
  const training = { ...large.training, epochs: 10_000_000 }
  const document = { ...large, training, view: { ...large.view, pace: 'full' as const } }
  writeFileSync(path, packProject({ document, files: {} }))
  const netloom = await world.launch({ args: [path] })
  const { page } = netloom
  const at = (id: string) => page.getByTestId(id)
  await trainerReady(netloom)

  // Before: how long, and ways to make it less.
  await at('time-plan').waitFor({ timeout: 30_000 })
  expect(await at('time-plan').innerText()).toMatch(/^10,000,000 epochs, about (an hour|\d+ \S+)/)
  expect(await at('takes').innerText()).toMatch(/^\d+ (min|h|days)/)
  const two = at('shorten-minutes-2')
  await two.click()
  expect(await at('time-plan').innerText()).toMatch(/^Stops after 2 min: about [\d,]+ of 10,000,000 epochs$/)
  expect(await two.getAttribute('aria-pressed')).toBe('true')
  expect(await at('undo').getAttribute('aria-label')).toContain('Undo train for 2 minutes')
  expect(await awake(netloom)).toBe(false)

  // Meanwhile: what is left, on a computer that does not fall asleep.
  await at('curves-train').click()
  await at('time-left').waitFor()
  expect(await at('time-left').innerText()).toBe('2 min left')
  expect(await awake(netloom)).toBe(true)

  // The limit can be changed on the way.
  await at('more-training').click()
  const limit = at('stop-seconds-input')
  await limit.fill('1')
  await limit.press('Enter')
  await at('ending-chip').waitFor({ timeout: 30_000 })
  expect(await at('ending-chip').getAttribute('data-ending')).toBe('time')
  expect(await at('ending-chip').innerText()).toContain('Stopped after 1 s')
  expect(await at('time-left').count()).toBe(0)
  await until(async () => !(await awake(netloom)), 10_000)
})
