import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lessons } from '@core/lessons'
import { layers, parts, sources } from '@core/registry'

const folder = join(import.meta.dirname, '../../renderer')
const views = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.svelte'))
  .map((name) => readFileSync(join(folder, name), 'utf8'))
/** Settings are marked by their name, parts by what they choose from. */
const settings = [...Object.values(layers), ...Object.values(sources)].flatMap((d) => Object.keys(d.fields))

describe('what lessons point at', () => {
  const named = lessons.flatMap((lesson) => lesson.steps.flatMap((step) => step.control ?? []))
  it.each([...new Set(named)])('%s is marked on the screen', (control) => {
    const marked = views.some((text) => text.includes(`data-control="${control}"`))
    expect(marked || settings.includes(control) || control in parts).toBe(true)
  })
})
