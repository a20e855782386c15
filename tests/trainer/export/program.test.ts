import { beforeAll, describe, expect, test } from 'vitest'
import { interpret } from '@core/export/program/interpret'
import type { Program } from '@core/export/program/program'
import { BATCH } from '@core/export/program/recorder'
import { trace } from '@core/export/program/trace'
import { compareAnswers } from '@core/export/proof'
import type { Ops } from '@core/registry/define'
import { ownAnswers } from '@trainer/export/reference'
import { opsOn } from '../opsOn'
import { engines } from '../support'
import { layerCases, randomCases, type ExportCase } from './cases'

/* A traced network, computed operation by operation in plain JavaScript, answers as its layers do. */

let ops: Ops
beforeAll(async () => {
  ops = await opsOn(engines[0]!)
}, 60_000)

/** What is wrong with the program of a network, if anything. */
function wrongWith({ name, model, samples: { x, rows } }: ExportCase): string | undefined {
  const program = trace(model)
  const own = ownAnswers(ops, model, { x, rows })
  const all = compareAnswers(Float32Array.from(interpret(program, x, rows).values), own)
  if (!all.agrees) return `${name}: ${all.difference} apart`
  if (sizesIn(program).some((size) => size >= BATCH)) return `${name}: a batch is baked in`
  const one = interpret(program, x.slice(0, x.length / rows), 1).values
  const alone = compareAnswers(Float32Array.from(one), own.slice(0, own.length / rows))
  return alone.agrees ? undefined : `${name}: one example alone is ${alone.difference} apart`
}

describe('the program of a network answers as the network', () => {
  test('every layer', () => {
    expect(layerCases().map(wrongWith).filter(Boolean)).toEqual([])
  }, 120_000)

  test('200 networks', () => {
    expect(randomCases(200).map(wrongWith).filter(Boolean)).toEqual([])
  }, 120_000)
})

const sizesIn = ({ steps, constants, input, output }: Program): number[] =>
  [input, output, ...steps.map((s) => s.output), ...[...constants.values()].map((c) => c.value)].flatMap(
    ({ shape }) => [...shape]
  )
