import { describe, expect, test } from 'vitest'
import type { Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { lessonProjectOf } from '@core/lessons/projects'
import { firstProject } from '@core/templates'
import { unwrap } from '@core/result'
import { engineFor } from '@trainer/engines/choose'
import { engines, withSettings } from './support'

const taken = async (document: Document): Promise<string> =>
  unwrap(await engineFor(withSettings(document, { 'training.engine': 'auto' }), derive(document, {}))).info.id

const lesson = (id: string, settings: { readonly [path: string]: number }): Document =>
  withSettings(lessonProjectOf(id)!.document, settings)

describe('of itself, the engine made for small networks takes', () => {
  test.each([
    ['two moons', firstProject],
    ['sums digit by digit', lesson('binary-addition', {})],
    // Many steps make more of them for the others as well.
    ['a long sequence', lesson('rnn-many-to-one', { 'data.source.steps': 200 })],
    [
      'large batches of a small memory',
      lesson('rnn-many-to-one', { 'nodes.memory.units': 8, 'training.batchSize': 512 })
    ]
  ])('%s', async (_, document) => {
    expect(await taken(document)).toBe('fused')
  })
})

describe.skipIf(!engines.includes('native'))('and leaves to TensorFlow', () => {
  test.each([
    ['a large memory', lesson('rnn-many-to-one', { 'nodes.memory.units': 200 })],
    ['large batches', lesson('rnn-many-to-one', { 'nodes.memory.units': 64, 'training.batchSize': 500 })],
    ['what there is no code for', lesson('lstm-memory', {})]
  ])('%s', async (_, document) => {
    expect(await taken(document)).toBe('native')
  })
})
