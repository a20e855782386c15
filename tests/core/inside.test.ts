import { applyEdit } from '@core/document/edits'
import { nodeOf, type Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { adviceFor, timesText } from '@core/inside/advice'
import { IdleCount, rms, type LayerFacts, type Moment } from '@core/inside/facts'
import { findingsOf } from '@core/inside/findings'
import type { Finding } from '@core/inside/messages'
import { countOf, covered, logOdds, occlusionMap, patchesOf } from '@core/inside/occlusion'
import { countInto, countTensInto, BINS, TEN_BINS, TENS } from '@core/inside/spread'
import { part } from '@core/registry/define'
import { chainProject, type ChainProject } from '@core/templates/chainProject'
import { describe, expect, test } from 'vitest'

describe('idle neurons', () => {
  test('a ReLU neuron is dead when it never answers anything but 0', () => {
    const count = new IdleCount('below', [0, Infinity], 2)
    // [units, examples]: a picture of two places and two filters; the first filter fires at one place, once.
    count.add(Float32Array.of(0, 0, 0, 0, 0, 0.1, 0, 0), 2)
    expect(count.undecided(2, 4)).toBe(true)
    expect([...count.result(2).idle]).toEqual([0, 1])
    count.add(Float32Array.of(0, 0, 3, 0, 0, 0, 0, 0), 2)
    expect([...count.result(4).idle]).toEqual([0, 0])
    expect(count.undecided(4, 4)).toBe(false)
  })

  test('a tanh neuron is saturated when all but a hundredth of its answers are at the ends', () => {
    const answers = (inside: number): Float32Array =>
      Float32Array.from({ length: 200 }, (_, i) => (i < inside ? 0.5 : i % 2 === 0 ? 0.99 : -0.985))
    for (const [inside, idle] of [
      [0, 1],
      [2, 1],
      [3, 0]
    ] as const) {
      const count = new IdleCount('ends', [-1, 1], 1)
      count.add(answers(inside), 200)
      expect([...count.result(200).idle], String(inside)).toEqual([idle])
    }
  })

  test('sizes are root mean squares', () => {
    expect(rms(Float32Array.of(3, 4), Float32Array.of(0, 0))).toBe(2.5)
    expect(rms()).toBe(0)
  })
})

const layer = (signal: number, more: LayerFacts = {}): LayerFacts => ({
  signal,
  gradient: 0.01,
  weight: 1,
  ...more
})
const moment = (loss: number, layers: { readonly [id: string]: LayerFacts }, epoch = 10): Moment => ({
  epoch,
  loss,
  layers: new Map(Object.entries(layers))
})
const found = (
  now: Moment,
  before = now,
  first = moment(0.7, {}, 0),
  rate?: number,
  clipped = false
): Finding[] => findingsOf({ now, before, first }, { rate, clipped })
const idle = (kind: 'below' | 'ends', ...flags: number[]): LayerFacts => ({
  neurons: { kind, examples: 500, idle: Uint8Array.from(flags) }
})

describe('findings', () => {
  test('gradients that are 1,000 times smaller vanish, if they did before', () => {
    const sick = moment(0.69, {
      a: layer(1e-6),
      b: layer(1e-5),
      c: layer(0.02),
      d: { gradient: 1, weight: 1 }
    })
    const well = moment(0.69, { a: layer(0.01), b: layer(0.01), c: layer(0.02) })
    expect(found(sick)).toEqual([{ kind: 'vanishing', nodeId: 'a', times: 0.02 / 1e-6, others: ['b'] }])
    expect(found(well)).toEqual([])
    expect(found(sick, well)).toEqual([])
    expect(found(well, sick)).toEqual([])
  })

  test('nothing is said of gradients once the loss has halved', () => {
    const sick = (loss: number): Moment => moment(loss, { a: layer(1e-6), b: layer(0.02) })
    expect(found(sick(0.36))).toHaveLength(1)
    expect(found(sick(0.34))).toEqual([])
  })

  test('a gradient that is gone altogether is infinitely smaller; behind a dead layer it is not said again', () => {
    const gone = { a: layer(0), b: layer(0.1) }
    expect(found(moment(0.7, gone))).toEqual([
      { kind: 'vanishing', nodeId: 'a', times: Infinity, others: [] }
    ])
    const dead = moment(0.7, { ...gone, b: { ...layer(0.1), ...idle('below', 1, 1) } })
    expect(found(dead).map(({ kind }) => kind)).toEqual(['dead'])
  })

  test('gradients explode, unless they are clipped', () => {
    const wild = moment(0.7, { a: layer(50), b: layer(0.01) })
    expect(found(wild)).toEqual([{ kind: 'exploding', nodeId: 'a', times: 5000, others: [] }])
    expect(found(wild, wild, undefined, 0.1, true)).toEqual([])
    const jumping = moment(0.7, { a: layer(1, { gradient: 30, weight: 2 }), b: layer(1) })
    expect(found(jumping, jumping, undefined, 0.1)).toEqual([
      { kind: 'overshooting', nodeId: 'a', times: 1.5, others: [] }
    ])
    expect(found(jumping)).toEqual([])
  })

  test('a quarter of a layer is dead when the same neurons were before', () => {
    const at = (...flags: number[]): Moment => moment(0.1, { a: idle('below', ...flags) })
    expect(found(at(1, 0, 0, 0))).toEqual([{ kind: 'dead', nodeId: 'a', neurons: 1, of: 4, examples: 500 }])
    expect(found(at(1, 0, 0, 0, 0))).toEqual([])
    expect(found(at(1, 0, 0, 0), at(0, 1, 0, 0))).toEqual([])
  })

  test('half of a layer is saturated while there is something left to learn', () => {
    const at = (loss: number, ...flags: number[]): Moment => moment(loss, { a: idle('ends', ...flags) })
    expect(found(at(0.7, 1, 1, 0, 0))).toMatchObject([{ kind: 'saturated', neurons: 2 }])
    expect(found(at(0.7, 1, 0, 0, 0))).toEqual([])
    expect(found(at(0.1, 1, 1, 1, 1))).toEqual([])
  })
})

describe('advice', () => {
  const document = (activation: string, more: Partial<ChainProject> = {}): Document =>
    chainProject({
      name: 'Advice',
      source: part('moons'),
      split: { train: 0.5, test: 0 },
      layers: [
        ['a', 'dense', { units: 4, activation: part(activation) }],
        ['b', 'dense', { units: 4, activation: part(activation), kernelInitializer: part('randomNormal') }],
        ['c', 'dense', { units: 2, activation: part('softmax') }]
      ],
      optimizer: part('sgd', { learningRate: 0.3 }),
      epochs: 10,
      ...more
    })
  const words = { title: (id: string): string => id.toUpperCase(), noun: 'points' }
  const findings: readonly (readonly [string, Finding])[] = [
    ['relu', { kind: 'dead', nodeId: 'a', neurons: 1, of: 4, examples: 150 }],
    ['tanh', { kind: 'saturated', nodeId: 'b', neurons: 3, of: 4, examples: 150 }],
    ['sigmoid', { kind: 'vanishing', nodeId: 'a', times: 12_345, others: ['b'] }],
    ['relu', { kind: 'exploding', nodeId: 'a', times: 2e6, others: [] }],
    ['relu', { kind: 'overshooting', nodeId: 'b', times: 1.2, others: [] }]
  ]

  test.each(findings)(
    '%s: every fix changes the project and leaves it without problems',
    (activation, finding) => {
      const project = document(activation)
      const { fixes, message } = adviceFor(project, finding, words)
      expect(message).toMatch(/\.$/)
      expect(fixes.length).toBeGreaterThan(0)
      for (const { label, edit } of fixes) {
        const mended = applyEdit(project, edit)
        expect(mended, label).not.toBe(project)
        expect(derive(mended, {}).problems, label).toEqual([])
      }
    }
  )

  test('says what is the matter with numbers', () => {
    const said = findings.map(
      ([activation, finding]) => adviceFor(document(activation), finding, words).message
    )
    expect(said).toEqual([
      'A: 1 of 4 neurons never fires on any of 150 training points.',
      'B: 3 of 4 neurons are saturated, at the end of their range on nearly all of 150 training points.',
      'Gradients vanish: those of A are 12,000 times smaller than those of the last layer, and B is not much better.',
      'Gradients explode: those of A are 2 million times larger than those of the last layer.',
      'Gradients explode: a single step changes the weights of B by more than their size.'
    ])
    expect(timesText(3.2e12)).toBe('10¹²')
  })

  test('mends the hidden layers and leaves the one that answers alone', () => {
    const project = document('sigmoid')
    const [fix] = adviceFor(project, findings[2]![1], words).fixes
    const mended = applyEdit(project, fix!.edit)
    expect(nodeOf(mended, 'b')!.config).toMatchObject({
      activation: { type: 'relu' },
      kernelInitializer: { type: 'heNormal' }
    })
    expect(nodeOf(mended, 'c')).toEqual(nodeOf(project, 'c'))
    // Where it is ReLU and He already, there is nothing left to offer.
    expect(adviceFor(mended, findings[2]![1], words).fixes).toEqual([])
  })
})

describe('histograms', () => {
  test('count every number, the largest in the last stretch', () => {
    const into = new Int32Array(BINS)
    countInto(into, Float32Array.of(-1, 0, 1, 1), -1, 1)
    expect([into[0], into[BINS / 2], into.at(-1)]).toEqual([1, 1, 2])
  })

  test('over powers of ten leave zeros out', () => {
    const into = new Int32Array(TEN_BINS)
    countTensInto(into, Float32Array.of(0, 1e-20, -0.011, 1e9))
    expect(into[0]).toBe(1)
    expect(into[(-2 - TENS.from) * TENS.perTen]).toBe(1)
    expect(into.at(-1)).toBe(1)
    expect(into.reduce((a, b) => a + b)).toBe(3)
  })
})

describe('covered places', () => {
  test('reach every pixel, and stay inside', () => {
    for (const [height, width] of [
      [28, 28],
      [32, 48],
      [5, 3],
      [1, 1]
    ] as const) {
      const patches = patchesOf(height, width)
      const falls = new Float32Array(countOf(patches)).fill(1)
      expect([...occlusionMap(falls, height, width, patches)].every((v) => v === 1)).toBe(true)
      const pictures = covered(
        new Float32Array(height * width),
        [height, width, 1],
        patches,
        Float32Array.of(2),
        0,
        falls.length
      )
      const sizes = Array.from(
        falls,
        (_, i) =>
          pictures.subarray(i * height * width, (i + 1) * height * width).filter((v) => v === 2).length
      )
      expect(new Set(sizes)).toEqual(
        new Set([Math.min(patches.side, height) * Math.min(patches.side, width)])
      )
    }
  })

  test('log-odds keep what is left of a sure answer', () => {
    expect(logOdds([0.25, 0.75], 1)).toBeCloseTo(Math.log(3), 12)
    expect(logOdds([1e-20, 1, 0], 1)).toBeCloseTo(20 * Math.log(10), 6)
    expect(Number.isFinite(logOdds([0, 1], 0))).toBe(true)
  })
})
