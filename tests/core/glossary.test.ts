import { expect, test } from 'vitest'
import { wordOf, wordOfSetting } from '@core/glossary'
import { words } from '@core/glossary/words'
import { derive } from '@core/graph/derive'
import { summaryText } from '@core/graph/summary'
import { layers } from '@core/registry'
import { firstProject } from '@core/templates'

test('every word is explained in plain sentences and leads only to words that are there', () => {
  for (const [id, { term, text, see }] of Object.entries(words)) {
    expect(text, id).toMatch(/^\p{Lu}.*[.]$/u)
    expect(text.length, id).toBeLessThan(220)
    expect(term, id).not.toBe('')
    for (const other of see ?? []) expect(words, `${id} → ${other}`).toHaveProperty(other)
    expect(see ?? [], id).not.toContain(id)
  }
})

test('the words that newcomers meet are there', () => {
  for (const id of [
    'loss',
    'epoch',
    'batch',
    'learningRate',
    'validation',
    'overfitting',
    'glorot',
    'shape',
    'weight',
    'bias',
    'activation',
    'gradient'
  ])
    expect(words).toHaveProperty(id)
})

test('settings lead to their word, by their name or by what they choose from', () => {
  expect(wordOf(wordOfSetting('kernelInitializer', 'initializer')!).term).toBe('starting weights')
  expect(wordOfSetting('recurrentRegularizer', 'regularizer')).toBe('regularizer')
  expect(wordOfSetting('units')).toBe('neuron')
  expect(wordOfSetting('constructor')).toBeUndefined()
  expect(layers['dense']!.fields).toHaveProperty('units')
})

test('the summary is a box of lines with every layer, its shape and its weights', () => {
  expect(summaryText(firstProject, derive(firstProject, {}))).toBe(
    `Two moons
┌───────────────────┬──────────────┬────────────┐
│ Layer             │ Output shape │ Parameters │
├───────────────────┼──────────────┼────────────┤
│ Data              │ 2            │          0 │
│ Dense (3 neurons) │ 3            │          9 │
│ Dense (2 neurons) │ 2            │          8 │
│ Output            │              │          0 │
├───────────────────┼──────────────┼────────────┤
│ In all            │              │         17 │
└───────────────────┴──────────────┴────────────┘
`
  )
})
