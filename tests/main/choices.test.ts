import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { applyEdit } from '@core/document/edits'
import { firstProject, templates } from '@core/templates'
import { fileArgument } from '../../main/arguments'
import { fullConfig } from '@core/registry/complete'
import { layers } from '@core/registry'
import { lessonProjectOf } from '@core/lessons/projects'
import { tensorflowEnvironment, tensorflowFor } from '@core/run/tensorflow'
import { fileFor } from '../../main/window/address'
import { openingBounds } from '../../main/window/bounds'

describe('TensorFlow is set up', () => {
  test('with one thread for every template, which is small', () => {
    for (const { document } of templates) expect(tensorflowFor(document, {}).threads).toBe(1)
    expect(tensorflowEnvironment({ threads: 1, oneDnn: false })).toEqual({
      TF_NUM_INTRAOP_THREADS: '1',
      TF_NUM_INTEROP_THREADS: '1',
      TF_ENABLE_ONEDNN_OPTS: '0'
    })
  })

  test('with as many threads as it likes for a large network', () => {
    const wide = { kind: 'setField', nodeId: 'hidden', field: 'units', value: 4096 } as const
    const deeper = {
      kind: 'insertBefore',
      nodeId: 'output',
      port: 'input',
      type: 'dense',
      config: { units: 1000 }
    } as const
    const large = applyEdit(applyEdit(firstProject, wide), deeper)
    expect(tensorflowFor(large, {}).threads).toBe('all')
    expect(tensorflowEnvironment({ threads: 'all', oneDnn: true })).toEqual({ TF_ENABLE_ONEDNN_OPTS: '1' })
  })

  test.each([
    ['cifar-cnn4', true],
    ['mnist-quickstart', false],
    ['lstm-memory', false]
  ])('for %s with the kernels for convolutions: %s', (id, oneDnn) => {
    expect(tensorflowFor(lessonProjectOf(id)!.document, {}).oneDnn).toBe(oneDnn)
  })

  test('without those where another layer would come out wrong', () => {
    const { document } = lessonProjectOf('cifar-cnn4')!
    const [network] = document.networks
    const lstm = { type: 'lstm', config: fullConfig(layers['lstm']!.fields), position: { x: 0, y: 0 } }
    const mixed = { ...document, networks: [{ ...network!, nodes: { ...network!.nodes, lstm } }] }
    expect(tensorflowFor(mixed, {}).oneDnn).toBe(false)
  })
})

describe('where the window opens', () => {
  const screens = [
    { x: 0, y: 0, width: 1920, height: 1040 },
    { x: 1920, y: 0, width: 1280, height: 984 }
  ]
  const place = (x: number, y: number, width = 1200, height = 800) => ({
    bounds: { x, y, width, height },
    maximized: false
  })

  test('the first time it fits the screen', () => {
    expect(openingBounds(undefined, screens)).toEqual({ width: 1360, height: 860 })
    expect(openingBounds(undefined, [{ x: 0, y: 0, width: 1024, height: 768 }])).toEqual({
      width: 1024,
      height: 768
    })
  })

  test('then where it was, on whichever screen', () => {
    expect(openingBounds(place(100, 50), screens)).toEqual({ x: 100, y: 50, width: 1200, height: 800 })
    expect(openingBounds(place(2000, 50), screens)).toEqual({ x: 2000, y: 50, width: 1200, height: 800 })
    expect(openingBounds(place(-400, 50), screens)).toMatchObject({ x: -400, y: 50 })
  })

  test('on the first screen when the other one is gone', () => {
    expect(openingBounds(place(2000, 50), screens.slice(0, 1))).toEqual({ width: 1200, height: 800 })
    expect(openingBounds(place(100, 5000), screens)).toEqual({ width: 1200, height: 800 })
    expect(openingBounds(place(-1180, 50), screens)).toEqual({ width: 1200, height: 800 })
  })

  test('never smaller than its contents, never larger than the screen', () => {
    expect(openingBounds(place(0, 0, 200, 100), screens)).toMatchObject({ width: 1024, height: 700 })
    expect(openingBounds(place(0, 0, 9000, 9000), screens)).toMatchObject({ width: 1920, height: 1040 })
  })
})

test('a project is found among the arguments', () => {
  expect(fileArgument(['electron', '--no-sandbox', '.', 'a/moons.netloom'], '/home/me')).toBe(
    resolve('/home/me/a/moons.netloom')
  )
  expect(fileArgument(['netloom', '--smoke'], '/home/me')).toBeUndefined()
  expect(fileArgument(['netloom', '--x=moons.netloom', 'notes.txt'], '/home/me')).toBeUndefined()
})

describe('addresses of the page’s files', () => {
  const root = resolve('/app/renderer')
  test.each([
    ['app://netloom/', 'index.html'],
    ['app://netloom/index.html?x#y', 'index.html'],
    ['app://netloom/assets/a%20b.js', 'assets/a b.js']
  ])('%s is a file', (address, file) => {
    expect(fileFor(root, address)).toBe(resolve(root, file))
  })
  test.each([
    'app://netloom/..%2fmain/index.cjs',
    'app://netloom/%2e%2e%2f%2e%2e%2fpackage.json',
    'app://netloom/a%5c..%5c..%5cb',
    'app://netloom/%00',
    'app://netloom/%',
    'app://elsewhere/index.html',
    'file:///etc/passwd'
  ])('%s is none', (address) => {
    expect(fileFor(root, address)).toBeUndefined()
  })
})
