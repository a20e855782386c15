import { describe, expect, it } from 'vitest'
import { applyEdit } from '@core/document/edits'
import { layers } from '@core/registry'
import { emptyProject, firstProject } from '@core/templates'
import { whyNot } from '../../renderer/palette/available'
import { findLayers, paletteGroups } from '../../renderer/palette/search'

const titles = (query: string) => findLayers(query).map((l) => l.title)

describe('palette', () => {
  it('shows every layer in a group', () => {
    const shown = paletteGroups().flatMap((g) => g.layers)
    expect(new Set(shown)).toEqual(new Set(Object.values(layers)))
  })
  it('finds by title, by Keras name and by words of the sentence', () => {
    expect(titles('den')[0]).toBe('Dense')
    expect(titles('DROPOUT')[0]).toBe('Dropout')
    expect(titles('memorising')).toContain('Dropout')
    expect(titles('unrolls picture')).toContain('Flatten')
    expect(titles('nonsense')).toEqual([])
  })
  it('puts titles before sentences', () => expect(titles('a')[0]).toBe('Activation'))
  it('offers one output and one data node', () => {
    expect(whyNot(firstProject, 'output')).toMatch(/already/)
    expect(whyNot(firstProject, 'data')).toMatch(/already/)
    expect(whyNot(firstProject, 'dense')).toBeUndefined()
    expect(whyNot(emptyProject, 'output')).toBeUndefined()
    expect(
      whyNot(applyEdit(firstProject, { kind: 'remove', nodes: ['target'], edges: [] }), 'output')
    ).toBeUndefined()
  })
})
