import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formats } from '@core/export/formats'
import { parametersOf } from '@core/export/model'
import { compareAnswers } from '@core/export/proof'
import { fullConfig } from '@core/registry/complete'
import { readers } from '@trainer/export/readers'
import { ownAnswers } from '@trainer/export/reference'
import { opsOn } from '../opsOn'
import { engines } from '../support'
import { layerCases, lessonCases, randomCases, type ExportCase } from './cases'
import { matrixPage, type MatrixResult } from './matrixPage'
import { readRequest } from './tools'
import { writeCases, type Written } from './writeCases'

/*
 * Every layer, 200 random networks and every lesson in every format, asked in the programs the formats are for, in
 * Python from PyPI: part `exports` of npm run test:full, which writes docs/export.md. NETLOOM_PYTHON is that Python;
 * NETLOOM_EXPORT_QUICK takes up to two settings of each layer, twenty random networks and the small ones of lessons.
 */

const python = process.env['NETLOOM_PYTHON']
const root = resolve(import.meta.dirname, '../../..')
const quick = process.env['NETLOOM_EXPORT_QUICK'] === '1'
// What is for people is no model file.
const models = Object.values(formats).filter(({ whole }) => !whole)
const kept = process.env['NETLOOM_EXPORT_CASES']

describe.runIf(process.env['NETLOOM_FULL'] === '1' && python !== undefined)(
  'exports in their own programs',
  () => {
    test('every network that a format takes gives the same answers there', async () => {
      const folder = kept ?? mkdtempSync(join(tmpdir(), 'netloom-exports-'))
      const ops = await opsOn(engines[0]!)
      const cases = quick ? fewCases() : [...layerCases(), ...randomCases(200), ...lessonCases()]
      const written = await writeCases(folder, cases, models, ops)
      const asked = spawnSync(python!, [join(root, 'tests/export/check.py'), folder], {
        stdio: ['ignore', 'inherit', 'inherit']
      })
      expect(asked.status).toBe(0)
      const told = readFileSync(join(folder, 'results.jsonl'), 'utf8').trim().split('\n')
      const byName = new Map(
        told.map((line) => JSON.parse(line) as MatrixResult).map((r) => [`${r.case} ${r.format}`, r])
      )
      const results: MatrixResult[] = []
      for (const one of written) results.push(byName.get(`${one.case} ${one.format}`) ?? (await inside(one)))
      mkdirSync(join(root, 'test-results'), { recursive: true })
      writeFileSync(join(root, 'test-results/exports.json'), JSON.stringify(results))
      writeFileSync(join(root, 'docs/export.md'), matrixPage(results, cases))
      if (kept === undefined) rmSync(folder, { recursive: true })
      const wrong = results.filter(
        ({ error, difference = 0, allowed = 0 }) => error !== undefined || difference > allowed
      )
      expect(wrong).toEqual([])

      /** What has no check in Python is asked by the app's own reader. */
      async function inside({ case: name, format, refused }: Written): Promise<MatrixResult> {
        if (refused !== undefined) return { case: name, format, refused }
        const { model, samples } = cases.find((one) => one.name === name) as ExportCase
        const config = fullConfig(formats[format]!.fields)
        const place = join(
          folder,
          String(cases.findIndex((one) => one.name === name)).padStart(4, '0'),
          format
        )
        const files = readBack(place)
        const { answers, reader } = await readers[format]!(readRequest({ model, config, files, samples }))
        if (!answers)
          return { case: name, format, error: `no one could be asked, not even ${String(reader)}` }
        const own = ownAnswers(ops, model, samples)
        const { difference, allowed } = compareAnswers(answers.values, own)
        return { case: name, format, by: answers.by, difference, allowed }
      }
    }, 7_200_000)
  }
)

function readBack(place: string): { readonly [name: string]: Uint8Array } {
  const names = readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(place, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(place, name))]))
}

/** The first and the last settings of each layer, and networks that take no time. */
function fewCases(): readonly ExportCase[] {
  const byLayer = new Map<string, ExportCase[]>()
  for (const one of layerCases()) {
    const type = one.name.split(' ')[0]!
    byLayer.set(type, [...(byLayer.get(type) ?? []), one])
  }
  const layersTried = [...byLayer.values()].flatMap((own) => (own.length > 1 ? [own[0]!, own.at(-1)!] : own))
  const small = ({ model }: ExportCase): boolean => parametersOf(model) < 5000
  return [...layersTried, ...randomCases(20), ...lessonCases().filter(small)]
}
