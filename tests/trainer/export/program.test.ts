import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { BATCH } from '@core/export/program/recorder'
import { interpret } from '@core/export/program/interpret'
import type { Program } from '@core/export/program/program'
import { trace } from '@core/export/program/trace'
import { layers } from '@core/registry'
import type { Ops } from '@core/registry/define'
import { chainRecipe, documentOf, recipe, sequenceRecipe } from '../../core/helpers/networks'
import { sampledLayerNetworks } from '../../core/helpers/layerNetworks'
import { opsOn } from '../opsOn'
import { difference, exampleOf, tamed } from './traced'

const networks = sampledLayerNetworks()
let ops: Ops
beforeAll(async () => {
  ops = await opsOn('native')
}, 60_000)

test('every layer that computes is among them', () => {
  const computing = Object.values(layers).filter(({ role, forward }) => role === 'layer' && forward)
  expect(computing.map(({ type }) => type).filter((type) => !networks.some((n) => n.type === type))).toEqual(
    []
  )
})

test.each(networks)('the program of $type answers as the engine does: $title', ({ document }) => {
  const example = exampleOf(ops, document)
  const program = trace(example.traced)
  expect(difference(interpret(program, example.x, example.rows).values, example.answers)).toBeLessThanOrEqual(
    0
  )
  // No batch is baked in.
  const one = interpret(program, example.x.slice(0, example.x.length / example.rows), 1)
  expect(
    difference(one.values, example.answers.slice(0, example.answers.length / example.rows))
  ).toBeLessThanOrEqual(0)
  expect(sizesIn(program).filter((size) => size >= BATCH)).toEqual([])
})

test('the program of any network answers as the engine does', () => {
  fc.assert(
    fc.property(fc.oneof(recipe, recipe, chainRecipe, sequenceRecipe), (from) => {
      const example = exampleOf(ops, documentOf(from))
      if (!tamed(example)) return
      const program = trace(example.traced)
      const made = interpret(program, example.x, example.rows).values
      expect(difference(made, example.answers)).toBeLessThanOrEqual(0)
    }),
    { numRuns: 200, seed: 11 }
  )
})

const sizesIn = ({ steps, constants, input, output }: Program): number[] =>
  [input, output, ...steps.map((s) => s.output), ...[...constants.values()].map((c) => c.value)].flatMap(
    ({ shape }) => [...shape]
  )
