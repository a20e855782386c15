import { beforeAll, describe, expect, test } from 'vitest'
import { exportFolder } from '@core/export/folder'
import { formats } from '@core/export/formats'
import { parametersOf } from '@core/export/model'
import { compareAnswers } from '@core/export/proof'
import type { Ops } from '@core/registry/define'
import { fullConfig } from '@core/registry/complete'
import { readers } from '@trainer/export/readers'
import { ownAnswers } from '@trainer/export/reference'
import { opsOn } from '../opsOn'
import { engines } from '../support'
import { readRequest, toolsFor } from './tools'
import { layerCases, lessonCases, randomCases, type ExportCase } from './cases'

/*
 * What Netloom itself does after every export, on many networks: files are read back by programs that did not write
 * them, and answers compared. What real Keras, TensorFlow and their like say is npm run test:full's to find out.
 */

let ops: Ops
beforeAll(async () => {
  ops = await opsOn(engines[0]!)
}, 60_000)

test('every format has a reader', () => {
  expect(Object.keys(readers).sort()).toEqual(Object.keys(formats).sort())
})

const small = ({ model }: ExportCase): boolean => parametersOf(model) < 5000
const cases = [...layerCases(), ...randomCases(30), ...lessonCases().filter(small)]

// Pages and the like are for people; page.test.ts opens them.
const models = Object.values(formats).filter(({ whole }) => !whole)

describe.each(models)('$title ($type)', (format) => {
  test('gives the same weights and answers, or refuses in words', async () => {
    const wrong: string[] = []
    let held = 0
    for (const one of cases) {
      const failure = await tried(one)
      if (failure === 'refused') continue
      held++
      if (failure) wrong.push(`${one.name}: ${failure}`)
    }
    expect(wrong).toEqual([])
    expect(held).toBeGreaterThan(20)
  }, 180_000)

  async function tried({ model, samples }: ExportCase): Promise<string | undefined> {
    const config = fullConfig(format.fields)
    const problems = format.refuses(model, config)
    if (problems.length > 0) {
      expect(problems.every(({ message, detail }) => message.endsWith('.') && detail)).toBe(true)
      return 'refused'
    }
    const own = ownAnswers(ops, model, samples)
    const files = await exportFolder(format, model, config, await toolsFor(samples, own))
    try {
      const { answers } = await readers[format.type]!(readRequest({ model, config, files, samples }))
      if (!answers) return undefined
      const { agrees, difference } = compareAnswers(answers.values, own)
      return agrees ? undefined : `${difference} apart`
    } catch (error) {
      return String(error)
    }
  }
})
