import { describe, expect, it } from 'vitest'
import { applyEdit } from '@core/document/edits'
import { layers } from '@core/registry'
import { emptyProject, firstProject } from '@core/templates'
import { whyNot } from '../../renderer/palette/available'
import { findLayers, opensAtFirst, paletteGroups } from '../../renderer/palette/search'

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
  it('offers only the ends of this way of learning, and says where the others belong', () => {
    const bare = applyEdit(firstProject, { kind: 'remove', nodes: ['data', 'target'], edges: [] })
    const ends = Object.values(layers).filter((l) => l.role !== 'layer')
    const offered = ends.filter((l) => whyNot(bare, l.type) === undefined).map((l) => l.type)
    expect(offered).toEqual(['data', 'output'])
    expect(whyNot(bare, 'noise')).toContain('“Forger and judge”')
    const machine = applyEdit(bare, {
      kind: 'setTraining',
      change: { scheme: { type: 'contrastiveDivergence', config: {} } }
    })
    expect(whyNot(machine, 'result')).toBeUndefined()
    expect(whyNot(machine, 'output')).toContain('“From true answers”')
  })
  it('opens the everyday group, and the one that suits the data', () => {
    const open = (rank: number) =>
      paletteGroups().flatMap((g) => (opensAtFirst(g.title, rank) ? [g.title] : []))
    expect(open(1)).toEqual(['Everyday'])
    expect(open(2)).toEqual(['Everyday', 'Sequences'])
    expect(open(3)).toEqual(['Everyday', 'Pictures'])
  })
})
