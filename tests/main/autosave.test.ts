import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { encodeCheckpoint } from '@core/run/checkpoint'
import { structureKey } from '@core/run/structure'
import { firstProject } from '@core/templates'
import { Autosave } from '../../main/files/autosave'
import { test } from './folder'

const project = { document: firstProject, files: {} }
const state = (epoch: number, document = firstProject) =>
  encodeCheckpoint({ structure: structureKey(document), epoch, step: epoch, history: [], tensors: [] })

async function session(folder: string, id: string): Promise<Autosave> {
  const autosave = new Autosave(folder, id)
  await autosave.load()
  return autosave
}

test('work of a session that did not end well is offered to the next one', async ({ folder }) => {
  const crashed = await session(folder, 'one')
  expect(await crashed.recoverable()).toBeUndefined()
  await crashed.save(project, { path: '/home/me/moons.netloom', files: {} }, state(12))
  // Its own work is not offered to itself.
  expect(await crashed.recoverable()).toBeUndefined()

  const next = await session(folder, 'two')
  expect(await next.recoverable()).toMatchObject({ name: firstProject.name })
  const found = await next.recover()
  expect(found).toMatchObject({
    path: '/home/me/moons.netloom',
    project: { ok: true, value: { document: firstProject, checkpoint: { epoch: 12 } } }
  })
  // It is the next session's now, until that discards it.
  expect(readdirSync(folder).sort()).toEqual(['two.json', 'two.netloom', 'two.state'])
  await next.discard()
  expect(readdirSync(folder)).toEqual([])
})

test('a session that ends well leaves nothing', async ({ folder }) => {
  const autosave = await session(folder, 'one')
  await autosave.save(project, { path: undefined, files: {} }, undefined)
  await autosave.discard()
  expect(await (await session(folder, 'two')).recoverable()).toBeUndefined()
})

test('newer trained states are kept without the document, one that does not fit is left out', async ({
  folder
}) => {
  const crashed = await session(folder, 'one')
  crashed.saveState(state(1))
  await crashed.save(project, { path: undefined, files: {} }, undefined)
  expect(readdirSync(folder)).not.toContain('one.state')
  crashed.saveState(state(2))
  await expect.poll(() => readdirSync(folder)).toContain('one.state')
  const next = await session(folder, 'two')
  expect(await next.recover()).toMatchObject({ project: { ok: true, value: { checkpoint: { epoch: 2 } } } })

  const other = { ...firstProject, training: { ...firstProject.training, seed: 9 } }
  await next.save({ document: other, files: {} }, { path: undefined, files: {} }, undefined)
  const third = await session(folder, 'three')
  const found = await third.recover()
  expect(found?.project.ok && found.project.value.document).toEqual(other)
  expect(found?.project.ok && found.project.value.checkpoint).toBeUndefined()
})

test('the newest of several is offered, and the others go', async ({ folder }) => {
  await (
    await session(folder, 'one')
  ).save(
    { ...project, document: { ...firstProject, name: 'Old' } },
    { path: undefined, files: {} },
    undefined
  )
  utimesSync(join(folder, 'one.netloom'), 1, 1)
  // As if both had crashed at the same time, before anything looked.
  const other = new Autosave(folder, 'two')
  await other.save(
    { ...project, document: { ...firstProject, name: 'New' } },
    { path: undefined, files: {} },
    undefined
  )
  const next = await session(folder, 'three')
  expect(await next.recoverable()).toMatchObject({ name: 'New' })
  expect(readdirSync(folder).every((name) => name.startsWith('two.'))).toBe(true)
  await next.forgetLeftBehind()
  expect(readdirSync(folder)).toEqual([])
})

test('after a crash of the page its own work is offered', async ({ folder }) => {
  const autosave = await session(folder, 'one')
  await autosave.save(project, { path: undefined, files: {} }, undefined)
  autosave.abandon('one-again')
  expect(await autosave.recoverable()).toMatchObject({ name: firstProject.name })
  expect(await autosave.recover()).toMatchObject({ project: { ok: true } })
})

test('a damaged file is refused in words', async ({ folder }) => {
  writeFileSync(join(folder, 'one.netloom'), 'PK no zip')
  const next = await session(folder, 'two')
  expect(await next.recoverable()).toMatchObject({ name: 'Untitled' })
  expect(await next.recover()).toMatchObject({ project: { ok: false, problems: [{ code: 'broken-file' }] } })
})
