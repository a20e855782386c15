import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { zipSync } from 'fflate'
import { packProject } from '@core/document/container'
import type { Document } from '@core/document/schema'
import { defaultsOf } from '@core/registry/fields'
import { sources } from '@core/registry'
import { firstProject } from '@core/templates'
import { answerDialogs, saveAt, saveTo, test, train, trainerReady, until, type Netloom } from './fixtures'

const short: Document = {
  ...firstProject,
  training: { ...firstProject.training, epochs: 40 },
  view: { ...firstProject.view, pace: 'full' }
}

const table = 'x,y,class\n0.1,0.2,a\n0.9,0.8,b\n0.2,0.1,a\n0.8,0.9,b\n'
const csvDocument = (file: string): Document => ({
  ...firstProject,
  data: {
    ...firstProject.data,
    source: { type: 'table', config: { ...defaultsOf(sources['table'].fields), file } }
  }
})

/** What main says when this file is opened by dialog. */
async function open(netloom: Netloom, path: string) {
  await answerDialogs(netloom, { open: path })
  return netloom.page.evaluate(() => window.netloom.request('project:open'))
}

const words = (result: Awaited<ReturnType<typeof open>>): string =>
  result.ok ? 'opened' : result.problems.map((p) => `${p.message} ${p.detail ?? ''}`).join(' ')

describe('saving and opening', () => {
  test('a saved project opens again with the same document and the trained weights', async ({ world }) => {
    const file = join(world.folder, 'moons.netloom')
    const first = await world.launch()
    await trainerReady(first)
    await train(first, short)
    const saved = await saveAt(first, short, file, 40)
    expect(saved.checkpoint.history.at(-1)?.epoch).toBe(40)
    // Nothing half-written is left beside it.
    expect(readdirSync(world.folder)).toEqual(['moons.netloom'])
    const [recent] = await first.page.evaluate(() => window.netloom.request('project:recent'))
    expect(recent).toMatchObject({ name: 'moons', missing: false })
    expect(JSON.stringify(recent)).not.toContain(file)
    await world.quit(first)

    const second = await world.launch()
    await trainerReady(second)
    const opened = await second.page.evaluate(
      (handle) => window.netloom.request('project:openRecent', handle),
      recent.handle
    )
    if (!opened.ok) throw new Error(words(opened))
    expect(opened.value).toMatchObject({ savedAs: 'moons', trained: true, recovered: false })
    expect(opened.value.document).toEqual(short)
    const prepared = await second.page.evaluate(
      (document) => window.netloom.request('trainer:prepare', document, {}),
      opened.value.document
    )
    expect(prepared.ok).toBe(true)
    const again = await saveTo(second, opened.value.document, join(world.folder, 'again.netloom'))
    expect(again.checkpoint).toEqual(saved.checkpoint)
  })

  test('a network whose structure changed since it was trained is saved without the old weights', async ({
    world
  }) => {
    const netloom = await world.launch()
    await trainerReady(netloom)
    await train(netloom, short)
    await saveAt(netloom, short, join(world.folder, 'trained.netloom'), 40)
    const other = { ...short, training: { ...short.training, seed: 5 } }
    const { checkpoint } = await saveTo(netloom, other, join(world.folder, 'other.netloom'))
    expect(checkpoint).toBeUndefined()
  })

  test('a bare document opens, with the table beside it and none from elsewhere', async ({ world }) => {
    const netloom = await world.launch()
    const path = join(world.folder, 'document.json')
    writeFileSync(join(world.folder, 'points.csv'), table)
    writeFileSync(path, JSON.stringify(csvDocument('points.csv')))
    const beside = await open(netloom, path)
    expect(beside).toMatchObject({
      ok: true,
      value: { files: { 'points.csv': { table: { rows: 4 } } }, trained: false }
    })
    expect(beside.ok && beside.value?.savedAs).toBe(undefined)
    for (const file of ['../user-data/settings.json', '/etc/hostname', '..', 'missing.csv']) {
      writeFileSync(path, JSON.stringify(csvDocument(file)))
      expect(await open(netloom, path)).toMatchObject({ ok: true, value: { files: {} } })
    }
    await answerDialogs(netloom, { open: join(world.folder, 'points.csv') })
    const chosen = await netloom.page.evaluate(() => window.netloom.request('data:choose', 'table'))
    expect(chosen).toMatchObject({ ok: true, value: { name: 'points.csv', file: { bytes: table.length } } })
  })

  test('what cannot be saved is told, and the file from before stays', async ({ world }) => {
    const netloom = await world.launch()
    await answerDialogs(netloom, { save: join(world.folder, 'gone', 'a.netloom') })
    const save = (document: Document) =>
      netloom.page.evaluate(
        (d) => window.netloom.request('project:save', { document: d, files: {}, as: true }),
        document
      )
    const gone = await save(short)
    expect(gone).toMatchObject({ ok: false, problems: [{ code: 'folder-gone' }] })
    expect(words(gone as never)).toContain('The folder “gone” is not there any more.')
    await answerDialogs(netloom, {})
    expect(await save(short)).toEqual({ ok: true, value: undefined })
    // A link keeps leading to the same place.
    const real = join(world.folder, 'real.netloom')
    await saveTo(netloom, short, real)
    symlinkSync(real, join(world.folder, 'link.netloom'))
    await saveTo(netloom, { ...short, name: 'Through the link' }, join(world.folder, 'link.netloom'))
    expect(readFileSync(real).includes(0)).toBe(true)
    const reopened = await open(netloom, real)
    expect(reopened).toMatchObject({ ok: true, value: { document: { name: 'Through the link' } } })
  })

  test('broken and other files are refused in words', async ({ world }) => {
    const netloom = await world.launch()
    const good = packProject({ document: short, files: {} })
    const bytes = (text: string) => new TextEncoder().encode(text)
    const json = (change: object) => bytes(JSON.stringify({ ...short, ...change }))
    const files: readonly (readonly [name: string, content: Uint8Array, says: RegExp])[] = [
      ['cut.netloom', good.slice(0, good.length / 2), /damaged/],
      ['empty.netloom', new Uint8Array(), /empty/],
      ['zip.netloom', zipSync({ 'readme.txt': bytes('hello') }), /a zip archive/],
      ['sums.xlsx', zipSync({ 'xl/workbook.xml': bytes('<x/>') }), /an Excel table.*drop it/],
      [
        'model.keras',
        zipSync({ 'config.json': bytes('{}'), 'model.weights.h5': bytes('') }),
        /a Keras model|cannot be opened/
      ],
      ['picture.png', bytes('\x89PNG'), /not a Netloom project|a picture/],
      ['text.netloom', bytes('hello'), /not a Netloom project/],
      ['newer.json', json({ version: 99 }), /newer Netloom/],
      ['training.json', json({ training: { ...short.training, epochs: 'many' } }), /training\.epochs/],
      ['points.csv', bytes(table), /a table.*drop it/]
    ]
    for (const [name, content, says] of files) {
      const path = join(world.folder, name)
      writeFileSync(path, content)
      expect(words(await open(netloom, path)), name).toMatch(says)
      const dropped = await netloom.page.evaluate(
        ([name, content]) => window.netloom.request('project:openBytes', name, Uint8Array.from(content)),
        [name, [...content]] as const
      )
      expect(words(dropped), name).toMatch(says)
    }
    expect(words(await open(netloom, join(world.folder, 'nowhere.netloom')))).toMatch(/is not there any more/)
  })
})

describe('unsaved work', () => {
  const keep = ({ page }: Netloom, document: Document) =>
    page.evaluate((d) => window.netloom.request('project:autosave', { document: d, files: {} }), document)
  const recoverable = ({ page }: Netloom) =>
    page.evaluate(() => window.netloom.request('project:recoverable'))

  test('survives the end of the app, with what was trained since', async ({ world }) => {
    const first = await world.launch()
    expect(await recoverable(first)).toBeUndefined()
    await trainerReady(first)
    const edited = { ...short, name: 'Half done' }
    await keep(first, edited)
    await train(first, edited)
    // A state reaches the disk every other second; the end of the run is not waited for.
    await until(
      () => readdirSync(join(world.userData, 'autosave')).some((name) => name.endsWith('.state')),
      20_000
    )
    await world.crash(first)

    const second = await world.launch()
    expect(await recoverable(second)).toMatchObject({ name: 'Half done' })
    const recovered = await second.page.evaluate(() => window.netloom.request('project:recover'))
    if (!recovered.ok) throw new Error(words(recovered))
    expect(recovered.value).toMatchObject({ recovered: true, trained: true, savedAs: undefined })
    expect(recovered.value.document).toEqual(edited)
    // Until it is saved it is not safe: another crash loses nothing.
    await world.crash(second)
    const third = await world.launch()
    expect(await recoverable(third)).toMatchObject({ name: 'Half done' })
    await third.page.evaluate(() => window.netloom.request('project:discardAutosave'))
    expect(await recoverable(third)).toBeUndefined()
  })

  test('is no longer kept after a normal end', async ({ world }) => {
    const first = await world.launch()
    await keep(first, short)
    await world.quit(first)
    const second = await world.launch()
    expect(await recoverable(second)).toBeUndefined()
  })

  test('survives a crash of the window’s page', async ({ world }) => {
    const { page, app } = await world.launch()
    await keep({ page, app } as Netloom, { ...short, name: 'On the page' })
    await app.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]
      return new Promise<void>((resolve) => {
        webContents.once('did-finish-load', () => resolve())
        webContents.forcefullyCrashRenderer()
      })
    })
    const name = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0].webContents.executeJavaScript(
        `netloom.request('project:recoverable').then((found) => found && found.name)`
      )
    )
    expect(name).toBe('On the page')
  })
})

describe('files from outside', () => {
  const titleBecomes = ({ app }: Netloom, name: string) =>
    until(
      () =>
        app.evaluate(
          ({ BrowserWindow }, start) => BrowserWindow.getAllWindows()[0].getTitle().startsWith(start),
          `${name} — Netloom`
        ),
      20_000
    )

  test('one on the command line opens, and a second start hands its file to the first', async ({ world }) => {
    const paths = ['First', 'Second'].map((name) => {
      const path = join(world.folder, `${name}.netloom`)
      writeFileSync(path, packProject({ document: { ...short, name }, files: {} }))
      return path
    })
    const netloom = await world.launch({ args: [paths[0]] })
    await titleBecomes(netloom, 'First')
    expect(await world.startAgain([paths[1]])).toBe(0)
    await titleBecomes(netloom, 'Second')
    const saved = await netloom.page.evaluate(
      (document) => window.netloom.request('project:save', { document, files: {}, as: false }),
      { ...short, name: 'Second' }
    )
    expect(saved).toEqual({ ok: true, value: { savedAs: 'Second' } })
  })
})
