import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { augmentationOf, augmentedPictures, type Augmentation } from '@core/data/augmentation/draw'
import { FILLS, placeInto, together, type Fill } from '@core/data/augmentation/place'
import { applyEdit } from '@core/document/edits'
import { readDocument } from '@core/document/parse'
import { derive } from '@core/graph/derive'
import type { RandomStream } from '@core/random/stream'
import { augmentations } from '@core/registry'
import { fullConfig, fullPart } from '@core/registry/complete'
import { part, type PictureSize, type Placement } from '@core/registry/define'
import type { Config } from '@core/registry/fields'
import { hotSettings, structureKey, takeHot } from '@core/run/structure'
import { firstProject } from '@core/templates'

/** A stream that gives these numbers, one after the other. */
function given(...numbers: number[]): RandomStream {
  const uniform = (): number => numbers.shift()!
  return {
    uniform,
    normal: uniform,
    integer: (n) => Math.floor(n * uniform()),
    permutation: () => new Int32Array()
  }
}

const configOf = (type: string, config: Config): Config => fullConfig(augmentations[type]!.fields, config)

/** The placement of an augmentation with these random numbers. */
const moveOf = (type: string, config: Config, size: PictureSize, ...numbers: number[]): Placement =>
  augmentations[type]!.move!(configOf(type, config), given(...numbers), size)

function placed(from: number[], size: PictureSize, placement: Placement, fill: Fill = 'constant'): number[] {
  const into = new Float32Array(from.length)
  placeInto(into, Float32Array.from(from), size, placement, fill, 1)
  return [...into]
}

const size = { width: 3, height: 2, channels: 1 }
const picture = [1, 2, 3, 4, 5, 6]

describe('moves, against what they are by hand', () => {
  test('a flip', () => {
    const flip = (mode: string, ...numbers: number[]) =>
      placed(picture, size, moveOf('randomFlip', { mode }, size, ...numbers))
    expect(flip('horizontal', 0.4)).toEqual([3, 2, 1, 6, 5, 4])
    expect(flip('horizontal', 0.6)).toEqual(picture)
    expect(flip('vertical', 0.4)).toEqual([4, 5, 6, 1, 2, 3])
    expect(flip('horizontal_and_vertical', 0.4, 0.4)).toEqual([6, 5, 4, 3, 2, 1])
  })

  test('a flip keeps the colours of a pixel together', () => {
    const colours = { width: 2, height: 1, channels: 3 }
    const move = moveOf('randomFlip', {}, colours, 0)
    expect(placed([1, 2, 3, 4, 5, 6], colours, move)).toEqual([4, 5, 6, 1, 2, 3])
  })

  test('a shift of whole pixels, with each fill', () => {
    // 2 · 0.75 − 1 = 0.5 of the way from −0.5 to 0.5: a quarter of 4 pixels to the right is shown on the left.
    const line = { width: 4, height: 1, channels: 1 }
    const move = moveOf('randomTranslation', { factor: 0.5 }, line, 0.75, 0.5)
    expect(move).toEqual([1, 0, 1, 0, 1, 0])
    expect(placed([1, 2, 3, 4], line, move, 'constant')).toEqual([2, 3, 4, 0])
    expect(placed([1, 2, 3, 4], line, move, 'nearest')).toEqual([2, 3, 4, 4])
    expect(placed([1, 2, 3, 4], line, [1, 0, 2, 0, 1, 0], 'reflect')).toEqual([3, 4, 4, 3])
    expect(placed([1, 2, 3, 4], line, [1, 0, -2, 0, 1, 0], 'reflect')).toEqual([2, 1, 1, 2])
  })

  test('a quarter turn', () => {
    const square = { width: 3, height: 3, channels: 1 }
    const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    const turn = (u: number) => placed(nine, square, moveOf('randomRotation', { degrees: 90 }, square, u))
    expect(turn(1)).toEqual([7, 4, 1, 8, 5, 2, 9, 6, 3].reverse())
    expect(turn(0)).toEqual([7, 4, 1, 8, 5, 2, 9, 6, 3])
    expect(placed(nine, square, moveOf('randomRotation', { degrees: 180 }, square, 1))).toEqual(
      [...nine].reverse()
    )
  })

  test('a zoom shows a smaller or a larger stretch about the middle', () => {
    const line = { width: 4, height: 1, channels: 1 }
    // Half as much: places −1.5, −0.5, 0.5, 1.5 show −0.75, −0.25, 0.25, 0.75, which lie between pixels.
    const near = moveOf('randomZoom', { factor: 0.5, way: 'in' }, line, 0)
    expect(near).toEqual([0.5, 0, 0, 0, 0.5, 0])
    expect(placed([0, 4, 8, 12], line, near)).toEqual([3, 5, 7, 9])
    const far = moveOf('randomZoom', { factor: 0.5, way: 'out' }, line, 0.9999999)
    expect(far[0]).toBeCloseTo(1.5, 6)
  })

  test('moves that follow one another are one', () => {
    const square = { width: 5, height: 5, channels: 2 }
    const many = Array.from({ length: 50 }, (_, i) => (i * 37) % 101)
    const flip = moveOf('randomFlip', {}, square, 0)
    const turn = moveOf('randomRotation', { degrees: 90 }, square, 1)
    const shift: Placement = [1, 0, 2, 0, 1, -1]
    const apart = placed(placed(placed(many, square, flip), square, turn), square, shift)
    expect(placed(many, square, together(together(flip, turn), shift))).toEqual(apart)
  })
})

describe('shades, against their formulas', () => {
  const shaded = (type: string, config: Config, u: number, values: number[], channels = 1): number[] => {
    const made = Float32Array.from(values)
    const own = { width: values.length / channels, height: 1, channels }
    augmentations[type]!.shade!(configOf(type, config), given(u), made, own)
    return [...made]
  }

  test('brightness adds one number to all', () => {
    expect(shaded('randomBrightness', { factor: 0.5 }, 0.75, [0, 0.25, 0.5])).toEqual([0.25, 0.5, 0.75])
    expect(shaded('randomBrightness', { factor: 0.5 }, 0, [0.5, 1])).toEqual([0, 0.5])
  })

  test('contrast pulls numbers away from the average of their channel', () => {
    expect(shaded('randomContrast', { factor: 0.5 }, 0, [0, 1])).toEqual([0.25, 0.75])
    // Averages 0.5 and 0.25; half as much difference.
    expect(shaded('randomContrast', { factor: 0.5 }, 0, [0, 0, 1, 0.5], 2)).toEqual([
      0.25, 0.125, 0.75, 0.375
    ])
  })
})

const all: Augmentation = {
  steps: Object.keys(augmentations).map((type) => fullPart('augmentation', part(type))),
  fill: 'reflect'
}

/** Pictures of any size, as bytes. */
const anyPictures = fc
  .record({
    rows: fc.integer({ min: 1, max: 4 }),
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    channels: fc.constantFrom(1, 3),
    seed: fc.integer({ min: 0, max: 255 })
  })
  .map(({ rows, height, width, channels, seed }) => ({
    rows,
    shape: [height, width, channels],
    scale: 1 / 255,
    x: Uint8Array.from({ length: rows * height * width * channels }, (_, i) => (i * 31 + seed) % 256)
  }))

/** Some augmentations with settings anywhere in their range. */
const anyAugmentation = fc
  .record({
    steps: fc.subarray(Object.keys(augmentations), { minLength: 1 }),
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    fill: fc.constantFrom(...FILLS)
  })
  .map(({ steps, place, fill }): Augmentation => ({
    fill,
    steps: steps.map((type) => {
      const fields = Object.entries(augmentations[type]!.fields)
      const config = fields.map(([name, field]) => [
        name,
        field.kind === 'float' ? field.min + place * (field.max - field.min) : field.default
      ])
      return part(type, Object.fromEntries(config) as Config)
    })
  }))

test('pictures keep their shape and their range', () => {
  fc.assert(
    fc.property(anyPictures, anyAugmentation, fc.nat(), (pictures, augmentation, epoch) => {
      const rows = Int32Array.from({ length: pictures.rows }, (_, i) => i)
      const drawn = augmentedPictures(pictures, rows, augmentation, { epoch, seed: 7 })
      expect(drawn.length).toBe(pictures.x.length)
      for (const v of drawn) {
        expect(v).toBeGreaterThanOrEqual(-1e-6)
        expect(v).toBeLessThanOrEqual(1 + 1e-6)
      }
    }),
    { numRuns: 150 }
  )
})

test('a picture is drawn alike whatever is drawn beside it, and the pictures stay as they were', () => {
  fc.assert(
    fc.property(anyPictures, anyAugmentation, fc.nat({ max: 1000 }), (pictures, augmentation, epoch) => {
      const before = pictures.x.slice()
      const length = pictures.x.length / pictures.rows
      const turn = Int32Array.from({ length: pictures.rows }, (_, i) => pictures.rows - 1 - i)
      const together = augmentedPictures(pictures, turn, augmentation, { epoch, seed: 3 })
      for (const [i, row] of turn.entries())
        expect(augmentedPictures(pictures, Int32Array.of(row), augmentation, { epoch, seed: 3 })).toEqual(
          together.slice(i * length, (i + 1) * length)
        )
      expect(pictures.x).toEqual(before)
    }),
    { numRuns: 60 }
  )
})

test('another epoch, another row and another seed draw something else', () => {
  const x = Uint8Array.from({ length: 2 * 64 }, (_, i) => ((i % 64) * 97) % 256)
  const draw = (row: number, epoch: number, seed: number): string =>
    augmentedPictures({ x, shape: [8, 8, 1], scale: 1 / 255 }, Int32Array.of(row), all, {
      epoch,
      seed
    }).join()
  const drawn = [draw(0, 0, 1), draw(1, 0, 1), draw(0, 1, 1), draw(0, 0, 2)]
  expect(new Set(drawn).size).toBe(4)
})

test('pictures that nothing moves are the numbers that the data set has for them', () => {
  const x = Uint8Array.from({ length: 27 }, (_, i) => i * 9)
  const still: Augmentation = { steps: [part('randomRotation', { degrees: 0 })], fill: 'constant' }
  const drawn = augmentedPictures({ x, shape: [3, 3, 3], scale: 1 / 255 }, Int32Array.of(0), still, {
    ...{ epoch: 3, seed: 1 }
  })
  expect(drawn).toEqual(Float32Array.from(x, (byte) => byte * (1 / 255)))
})

describe('in a document', () => {
  const pictures = applyEdit(firstProject, {
    kind: 'setData',
    change: { source: part('pictures', { samples: 30 }) }
  })
  const changed = applyEdit(pictures, {
    kind: 'setData',
    change: { augmentation: { steps: [part('randomBrightness'), part('randomFlip')], fill: 'reflect' } }
  })

  test('it is complete, and in the order of the registry', () => {
    expect(changed.data.augmentation).toEqual({
      steps: [part('randomFlip', { mode: 'horizontal' }), part('randomBrightness', { factor: 0.2 })],
      fill: 'reflect'
    })
    expect(readDocument(JSON.parse(JSON.stringify(changed)))).toEqual({ ok: true, value: changed })
  })

  test.each([
    ['twice the same', [part('randomFlip'), part('randomFlip')]],
    ['one that is not there', [part('randomSmell')]],
    ['a setting that is not there', [part('randomFlip', { often: 3 })]]
  ])('%s is refused', (_, steps) => {
    const refused = readDocument({
      ...pictures,
      data: { ...pictures.data, augmentation: { steps, fill: 'reflect' } }
    })
    expect(refused.ok).toBe(false)
    const edit = { kind: 'setData', change: { augmentation: { steps, fill: 'reflect' } } } as const
    expect(applyEdit(pictures, edit)).toBe(pictures)
  })

  test('a number out of its range is a problem with a mend', () => {
    const steps = [part('randomRotation', { degrees: 400 })]
    const wild = applyEdit(pictures, {
      kind: 'setData',
      change: { augmentation: { steps, fill: 'reflect' } }
    })
    const problem = derive(wild, {}).problems.find(({ field }) => field === 'degrees')
    expect(problem?.message).toBe('Has 400 degrees, can be 180 at most.')
    const mended = applyEdit(wild, problem!.fix!.edit)
    expect(mended.data.augmentation?.steps[0]?.config).toEqual({ degrees: 180 })
  })

  test('it counts for pictures alone, and only where there is something to do', () => {
    expect(augmentationOf(changed.data, { shape: [32, 32, 3] })).toBe(changed.data.augmentation)
    expect(augmentationOf(changed.data, { shape: [2] })).toBeUndefined()
    expect(augmentationOf(pictures.data, { shape: [32, 32, 3] })).toBeUndefined()
    expect(
      augmentationOf({ ...changed.data, augmentation: { steps: [], fill: 'reflect' } }, { shape: [8, 8, 1] })
    ).toBeUndefined()
  })

  test('a running training takes it up', () => {
    expect(structureKey(changed)).toBe(structureKey(pictures))
    expect(takeHot(pictures, changed).data.augmentation).toEqual(changed.data.augmentation)
    expect(takeHot(changed, pictures).data.augmentation).toBeUndefined()
    const [flip] = changed.data.augmentation!.steps
    expect(hotSettings(changed)).toMatchObject({
      'data.augmentation.randomFlip': flip,
      'data.augmentation.fill': 'reflect'
    })
    expect(Object.keys(hotSettings(pictures)).filter((path) => path.startsWith('data.'))).toEqual([])
  })
})
