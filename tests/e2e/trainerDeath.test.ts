import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Document } from '@core/document/schema'
import type { TrainerState } from '@core/ipc'
import { firstProject } from '@core/templates'
import { saveAt, saveTo, test, train, trainerPids, trainerReady, until, type Netloom } from './fixtures'

declare global {
  interface Window {
    seen: (TrainerState & { readonly at: number })[]
  }
}

/** Long enough for what the tests do to it. */
const document: Document = { ...firstProject, training: { ...firstProject.training, epochs: 1_000_000 } }

const watchState = ({ page }: Netloom) =>
  page.evaluate(() => {
    window.seen = []
    window.netloom.on('trainer:state', (state) => window.seen.push({ ...state, at: Date.now() }))
  })

const seen = async ({ page }: Netloom, status: TrainerState['status']) => {
  await page.waitForFunction((s) => window.seen.some((e) => e.status === s), status, {
    timeout: 30_000,
    polling: 20
  })
  return page.evaluate((s) => window.seen.find((e) => e.status === s)!, status)
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

test('a trainer that is killed while it trains is noticed, told in words, replaced, and goes on', async ({
  world
}) => {
  const netloom = await world.launch()
  await trainerReady(netloom)
  await train(netloom, document)
  await saveAt(netloom, document, join(world.folder, 'before.netloom'), 3)
  await watchState(netloom)
  const [pid] = await trainerPids(netloom)
  const killed = Date.now()
  process.kill(pid, 'SIGKILL')

  const died = await seen(netloom, 'died')
  expect(died.at - killed).toBeLessThan(2000)
  if (died.status !== 'died') throw new Error('unreachable')
  expect(died.training).toBe(true)
  expect(died.checkpoint).toBeGreaterThan(0)
  expect(died.message).toBe(
    'Training stopped: the training process was closed by the system (killed). ' +
      `Your network is safe; the last saved state is epoch ${died.checkpoint!.toLocaleString('en-US')}.`
  )

  await seen(netloom, 'ready')
  const pids = await trainerPids(netloom)
  expect(pids).toHaveLength(1)
  expect(pids[0]).not.toBe(pid)

  await train(netloom, document, 'checkpoint')
  const after = join(world.folder, 'after.netloom')
  const { checkpoint } = await saveAt(netloom, document, after, died.checkpoint! + 1)
  // The curve has no hole: it begins where the first process began.
  expect(checkpoint.history[0].epoch).toBeLessThanOrEqual(1)
})

test('a trainer that is killed while it waits keeps the trained network for the next one', async ({
  world
}) => {
  const netloom = await world.launch()
  await trainerReady(netloom)
  await train(netloom, {
    ...document,
    training: { ...document.training, epochs: 20 },
    view: { ...document.view, pace: 'full' }
  })
  const before = await saveAt(netloom, document, join(world.folder, 'before.netloom'), 20)
  await watchState(netloom)
  process.kill((await trainerPids(netloom))[0], 'SIGKILL')
  const died = await seen(netloom, 'died')
  expect(died).toMatchObject({ training: false, checkpoint: 20 })
  await seen(netloom, 'ready')
  const after = await saveTo(netloom, document, join(world.folder, 'after.netloom'))
  expect(after.checkpoint).toEqual(before.checkpoint)
})

test('a trainer that dies again and again is not started for ever, but when it is asked for', async ({
  world
}) => {
  const netloom = await world.launch()
  await watchState(netloom)
  for (let deaths = 1; deaths <= 3; deaths++) {
    await until(async () => (await trainerPids(netloom)).length === 1, 10_000)
    process.kill((await trainerPids(netloom))[0], 'SIGKILL')
    await until(
      () => netloom.page.evaluate((n) => window.seen.filter((e) => e.status === 'died').length >= n, deaths),
      5000
    )
  }
  await netloom.page.waitForTimeout(2500)
  expect(await trainerPids(netloom)).toEqual([])
  const state = await netloom.page.evaluate(() => window.netloom.request('trainer:state'))
  expect(state).toMatchObject({
    status: 'died',
    message: expect.stringContaining('Press Train to try again')
  })
  await train(netloom, document)
  await trainerReady(netloom)
})

test('the app and its trainer leave together', async ({ world }) => {
  const crashed = await world.launch()
  await trainerReady(crashed)
  const [orphan] = await trainerPids(crashed)
  await world.crash(crashed)
  await until(() => !isAlive(orphan), 5000)

  const closed = await world.launch()
  await trainerReady(closed)
  const [child] = await trainerPids(closed)
  await world.quit(closed)
  // The system may take a moment to clear away a process that has ended.
  await until(() => !isAlive(child), 5000)
  expect(existsSync(join(world.userData, 'logs/main.log'))).toBe(true)
})
