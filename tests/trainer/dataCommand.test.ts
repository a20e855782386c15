import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { data } from '@trainer/cli/dataCommand'
import { readOptions } from '@trainer/cli/options'
import { BadInput } from '@trainer/cli/words'

let printed = ''
beforeEach(() => {
  printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
})
afterEach(() => vi.restoreAllMocks())

const run = (...words: string[]) => data(readOptions(['data', ...words]))

describe('netloom data', () => {
  test('lists the data sets, as text and as JSON', async () => {
    expect(await run('list')).toBe(0)
    expect(printed).toMatch(/mnist +Handwritten digits \(MNIST\) +70,000 +yes/)
    expect(printed).toContain('cifar10')
    printed = ''
    await run('list', '--json')
    const sets = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string; rows: number; shape: number[] })
    expect(sets).toMatchObject([
      { name: 'mnist', rows: 70_000, shape: [28, 28, 1] },
      { name: 'fashionMnist', rows: 70_000, shape: [28, 28, 1] },
      { name: 'cifar10', rows: 60_000, shape: [32, 32, 3] }
    ])
  })

  test('says who made one and where it lies', async () => {
    await run('info', 'mnist')
    expect(printed).toContain('Yann LeCun')
    expect(printed).toContain('Creative Commons')
    expect(printed).toMatch(/On this computer: .*mnist/)
  })

  test('what comes with Netloom need not be fetched', async () => {
    expect(await run('get', 'mnist')).toBe(0)
    await expect(run('import', 'mnist', 'x')).rejects.toThrow('comes with Netloom')
  })

  test.each([
    [['get'], 'Which data set? There are mnist, fashionMnist, cifar10.'],
    [['get', 'toString'], 'There is no data set toString.'],
    [['import', 'cifar10'], 'Which file?'],
    [['burn'], 'There is no data burn.'],
    [['info', 'mnist', 'a', 'b'], 'There is no place for “a b”.']
  ])('%j is answered in words', async (words, said) => {
    await expect(run(...words)).rejects.toThrow(BadInput)
    await expect(run(...words)).rejects.toThrow(said)
  })
})
