import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { handleOf, RecentProjects } from '../../main/files/recent'
import { test } from './folder'

const picture = Uint8Array.of(137, 80, 78, 71)

test('the newest comes first, each once, and what is known of it stays', async ({ folder }) => {
  const [a, b] = [join(folder, 'a.netloom'), join(folder, 'b.netloom')]
  for (const path of [a, b]) writeFileSync(path, '')
  const recent = new RecentProjects(join(folder))
  await recent.load()
  await recent.add(a, { thumbnail: picture, accuracy: 0.97 })
  await recent.add(b)
  await recent.add(a)
  const again = new RecentProjects(folder)
  await again.load()
  const all = await again.all()
  expect(all.map((p) => [p.name, p.accuracy, p.missing])).toEqual([
    ['a', 0.97, false],
    ['b', undefined, false]
  ])
  expect([...all[0].thumbnail!]).toEqual([...picture])
  expect(again.pathOf(all[1].handle)).toBe(b)
  expect(again.pathOf(b)).toBeUndefined()
})

test('twelve are kept, with the pictures of those only', async ({ folder }) => {
  const recent = new RecentProjects(folder)
  for (let i = 0; i < 15; i++) await recent.add(join(folder, `${i}.netloom`), { thumbnail: picture })
  const all = await recent.all()
  expect(all.map((p) => p.name)).toEqual(['14', '13', '12', '11', '10', '9', '8', '7', '6', '5', '4', '3'])
  expect(readdirSync(join(folder, 'thumbnails'))).toHaveLength(12)
})

test('one that is gone is marked, and can be taken off the list', async ({ folder }) => {
  const path = join(folder, 'a.netloom')
  writeFileSync(path, '')
  const recent = new RecentProjects(folder)
  await recent.add(path, { thumbnail: picture })
  rmSync(path)
  expect(await recent.all()).toMatchObject([{ name: 'a', missing: true }])
  await recent.forget(handleOf(path))
  expect(await recent.all()).toEqual([])
  expect(readdirSync(join(folder, 'thumbnails'))).toEqual([])
})
